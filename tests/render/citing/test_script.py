"""Citations as readers use them in Debian's chromium: copied, for a paragraph, without JavaScript, and of the reading list."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from citing_tools import citation_of, messy_citations, read_bibtex, read_citations, read_ris
from playwright.sync_api import Browser, Page, Route, expect
from site_tools import build, telegram, write_files
from tabs import OpenTab

from generator.render.citing.citation import Citation
from generator.render.citing.exchange import bibtex, csl_json, ris
from generator.render.citing.prose import Prose
from generator.render.template_files import builtin_templates
from generator.settings import Settings

FIRST, SECOND = "cable/2008/02/08STRELSAU1.html", "cable/2008/02/08STRELSAU2.html"
SUBJECT = 'SNOW, <b>AND</b> {"SHEEP"} & 100%'
SETTINGS = Settings(title="The Salt Archive")
KNOWN = Settings(title="The Salt Archive", site_url="https://cables.example/")

FORMS = ["Chicago note", "Chicago bibliography", "MLA", "APA", "BibTeX", "RIS", "CSL-JSON"]


def forms_of(citation: Citation, paragraph: str = "") -> dict[str, str]:
    prose = Prose(citation, paragraph)
    made = (
        prose.chicago_note(),
        prose.chicago_bibliography(),
        prose.mla(),
        prose.apa(),
        bibtex(citation, paragraph),
        ris(citation, paragraph),
        csl_json(citation, paragraph),
    )
    return dict(zip(FORMS, made, strict=True))


def texts() -> list[str]:
    subjects = {1: "THE SALT ROAD", 2: SUBJECT}
    return [
        telegram(number, subject=subject, text="1. (U) It snowed.\n\n2. (U) It thawed.\n\n2. (U) It froze.")
        for number, subject in subjects.items()
    ]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("citing")
    write_files(folder / "content", {f"{number}.txt": text for number, text in enumerate(texts())})
    build(folder, SETTINGS)
    return folder / "site"


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same where settings know the address of the site."""
    folder = tmp_path_factory.mktemp("known")
    write_files(folder / "content", {f"{number}.txt": text for number, text in enumerate(texts())})
    build(folder, KNOWN)
    return folder / "site"


@pytest.fixture
def page(tab: OpenTab) -> Page:
    return tab(permissions=["clipboard-read", "clipboard-write"])


def test_the_script_makes_what_the_program_makes_of_whatever_a_telegram_says(page: Page) -> None:
    citations = messy_citations(1000)
    asked = [
        (one, paragraph)
        for number, one in enumerate(citations)
        for paragraph in ("", ["7", "12-2"][number % 2])
    ]
    page.add_script_tag(path=builtin_templates() / "assets/cite.js")
    made = page.evaluate(
        "asked => asked.map(([item, paragraph]) => cablepressCite.forms(JSON.parse(item)[0], paragraph))",
        [[csl_json(one), paragraph] for one, paragraph in asked],
    )
    assert len(made) == 2000
    for (one, paragraph), forms in zip(asked, made, strict=True):
        assert forms == forms_of(one, paragraph)


def test_a_page_has_all_citations_as_text_without_javascript(tab: OpenTab, site: Path) -> None:
    text = (site / SECOND).read_text("utf-8")
    citation = citation_of(texts()[1], settings=SETTINGS)
    assert read_citations(text) == forms_of(citation)
    page = tab(java_script_enabled=False)
    page.goto((site / SECOND).as_uri())
    note = page.locator("#cite dd").first
    expect(note).not_to_be_visible()
    page.get_by_text("Cite", exact=True).click()
    expect(note).to_be_visible()
    note.click(click_count=3)
    assert page.evaluate("getSelection().toString().trim()") == forms_of(citation)["Chicago note"]
    expect(page.locator("#cite button, #cite input")).to_have_count(0)


def opened(page: Page, site: Path, address: str) -> None:
    name, _, anchor = address.partition("#")
    page.goto((site / name).as_uri() + (f"#{anchor}" if anchor else ""))
    page.get_by_text("Cite", exact=True).click()
    expect(page.get_by_role("button", name="Copy BibTeX")).to_be_visible()


def test_nothing_is_loaded_until_the_citations_are_opened(page: Page, site: Path) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    page.goto((site / FIRST).as_uri())
    expect(page.get_by_role("button", name="Keep")).to_be_visible()
    assert sorted(asked) == ["08STRELSAU1.html", "cablepress.css", "cablepress.js"]
    page.get_by_text("Cite", exact=True).click()
    expect(page.get_by_role("button", name="Copy MLA")).to_be_visible()
    page.get_by_text("Cite", exact=True).click()
    page.get_by_text("Cite", exact=True).click()
    expect(page.locator("#cite button")).to_have_count(len(FORMS))
    assert asked[3:] == ["cite.js"]


def test_citations_that_were_opened_before_the_script_came_have_their_buttons(page: Page, site: Path) -> None:
    held: list[Route] = []
    page.route("**/cablepress.js", lambda route: held.append(route))
    page.goto((site / FIRST).as_uri(), wait_until="commit")
    page.get_by_text("Cite", exact=True).click()
    held[0].continue_()
    expect(page.get_by_role("button", name="Copy RIS")).to_be_visible()


@pytest.mark.parametrize("name", FORMS)
def test_a_click_copies_a_citation_and_says_so(page: Page, site: Path, name: str) -> None:
    opened(page, site, SECOND)
    page.get_by_role("button", name=f"Copy {name}").click()
    expect(page.get_by_role("status")).to_have_text(f"{name} copied")
    citation = citation_of(texts()[1], settings=SETTINGS)
    assert page.evaluate("navigator.clipboard.readText()") == forms_of(citation)[name]


def test_where_nothing_can_be_copied_the_citation_is_selected(browser: Browser, site: Path) -> None:
    page = browser.new_page()
    page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error('refused'))")
    opened(page, site, FIRST)
    page.get_by_role("button", name="Copy MLA").click()
    expect(page.get_by_role("status")).to_contain_text("MLA selected")
    citation = citation_of(texts()[0], settings=SETTINGS)
    assert page.evaluate("getSelection().toString()") == forms_of(citation)["MLA"]
    page.close()


def shown(page: Page) -> dict[str, str]:
    """The citations of a page as they stand in it now."""
    read: dict[str, str] = page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll("#cite dt")].map(dt =>
        [dt.firstChild.data.trim(), (dt.nextElementSibling.querySelector("pre") ?? dt.nextElementSibling).textContent]))"""
    )
    return read


@pytest.mark.parametrize("anchor", ["1", "2", "2-2"])
def test_the_paragraph_of_the_address_is_cited(page: Page, known: Path, anchor: str) -> None:
    opened(page, known, f"{SECOND}#par{anchor}")
    citation = citation_of(texts()[1], settings=KNOWN)
    assert shown(page) == forms_of(citation, anchor)
    expect(page.get_by_label("Paragraph")).to_have_value(anchor[0])


def test_a_paragraph_is_chosen_by_its_number_or_in_the_text(page: Page, site: Path) -> None:
    citation = citation_of(texts()[0], settings=SETTINGS)
    opened(page, site, FIRST)
    assert shown(page) == forms_of(citation)
    page.get_by_label("Paragraph").fill("2")
    assert shown(page) == forms_of(citation, "2")
    page.get_by_label("Paragraph").fill("99")
    expect(page.get_by_role("status")).to_contain_text("There is no paragraph 99")
    assert shown(page) == forms_of(citation)
    page.get_by_role("link", name="1.", exact=True).click()
    expect(page.get_by_label("Paragraph")).to_have_value("1")
    assert shown(page) == forms_of(citation, "1")
    page.get_by_label("Paragraph").fill("")
    assert shown(page) == forms_of(citation)


@pytest.mark.parametrize(
    ("host", "is_cited"), [("archive.example", True), ("localhost:8000", False), ("127.0.0.1", False)]
)
def test_a_site_that_does_not_know_its_address_is_cited_by_that_at_which_it_is_read(
    page: Page, site: Path, host: str, is_cited: bool
) -> None:
    page.route(f"http://{host}/**", lambda route: route.fulfill(path=site / file_of(route)))
    page.goto(f"http://{host}/{FIRST}?find=snow")
    page.get_by_text("Cite", exact=True).click()
    expect(page.get_by_role("button", name="Copy RIS")).to_be_visible()
    assert (f", http://{host}/{FIRST}." in shown(page)["Chicago note"]) is is_cited
    assert ("The Salt Archive." in shown(page)["Chicago note"]) is not is_cited


def file_of(route: Route) -> str:
    return route.request.url.split("/", 3)[3].partition("?")[0]


# The reading list


def saved(page: Page, button: str) -> tuple[str, str]:
    """Name and text of the file that a button saves."""
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    return download.value.suggested_filename, download.value.path().read_bytes().decode()


def keep(page: Page, site: Path, *addresses: str) -> None:
    for address in addresses:
        page.goto((site / address).as_uri())
        page.get_by_role("button", name="Keep", exact=True).click()
        expect(page.get_by_role("button", name="Kept")).to_be_visible()
    page.goto((site / "reading-list.html").as_uri())


def test_the_reading_list_is_saved_as_bibtex_and_ris(page: Page, known: Path) -> None:
    keep(page, known, SECOND, FIRST)
    citations = [citation_of(text, settings=KNOWN) for text in reversed(texts())]
    assert saved(page, "Save as BibTeX") == (
        "reading-list.bib",
        "".join(f"{bibtex(one)}\n\n" for one in citations),
    )
    assert saved(page, "Save as RIS") == (
        "reading-list.ris",
        "".join(f"{ris(one)}\n" for one in citations).replace("\n", "\r\n"),
    )


def test_a_paragraph_that_is_cited_is_not_what_is_kept(page: Page, known: Path) -> None:
    opened(page, known, f"{FIRST}#par2")
    keep(page, known, FIRST)
    assert "par. 2" not in saved(page, "Save as RIS")[1]


REMEMBERED: dict[str, dict[str, Any]] = {
    "kept before citations were": {"id": "08STRELSAU1", "subject": "THE SALT ROAD", "date": "2008-02-14"},
    "kept from a shared list": {"id": "08STRELSAU1", "subject": "", "date": ""},
    "of a year": {"id": "75STRELSAU1", "subject": "THE SALT ROAD", "date": "1975"},
    "filled by someone else": {
        "id": "08STRELSAU1",
        "subject": "THE SALT ROAD",
        "date": "2008-02-14",
        "citation": {
            "id": "},x=\n", "title": 7, "author": "x", "recipient": [None, {"literal": {}}, {"literal": "A\nER  - "}],
            "issued": {"date-parts": [[2008, 99, "x"]]}, "URL": "javascript:alert(1)",
        },
    },
    "not even a citation": {"id": "08STRELSAU1", "subject": "THE SALT ROAD", "date": "2008-02-14", "citation": "x"},
}  # fmt: skip


@pytest.mark.parametrize("case", REMEMBERED)
def test_lists_that_were_kept_otherwise_are_saved_as_far_as_they_go(
    page: Page, site: Path, case: str
) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto((site / "reading-list.html").as_uri())
    kept = [{"address": FIRST, **REMEMBERED[case]}]
    page.evaluate(
        "text => localStorage.setItem(`${new URL('.', location).pathname} reading list`, text)",
        json.dumps(kept),
    )
    page.reload()
    _, as_bibtex = saved(page, "Save as BibTeX")
    _, as_ris = saved(page, "Save as RIS")
    assert errors == []
    (entry,) = read_bibtex(as_bibtex).values()
    (record,) = read_ris(as_ris.replace("\r\n", "\n"))
    assert "url" not in entry.fields
    if case == "filled by someone else":
        assert (entry.key, entry.fields["title"], entry.fields["note"]) == ("x", "Telegram", "To A ER -")
        return
    number, subject, date = (kept[0][name] for name in ("id", "subject", "date"))
    assert entry.key == record["id"] == "08STRELSAU1"
    assert entry.fields["number"] == record["issn"] == number
    assert entry.fields["title"] == record["title"] == (subject or f"Telegram {number}")
    assert record.get("year", "") == date[:4]
    assert re.sub("-", "/", date) == record.get("date", record.get("year", ""))
    assert record["name_of_database"] == "The Salt Archive"
