"""What the head of a cable's page says to programs: Zotero, readers of Open Graph and Dublin Core, JSON-LD."""

import json
from pathlib import Path
from typing import Any

import pytest
from citing_tools import pages_of_cables, read_linked_data, read_metas, zotero
from hostile.cables import hostile_cable
from pyld import jsonld
from site_tools import build, telegram, write_files

from generator.settings import Settings

URL = "https://cables.example/cable/2008/11/08ASTANA7.html"
SUBJECT = '100% "SALT" & <SNOW>'
KNOWN = Settings(title="The Salt Archive", site_url="https://cables.example/")
SCHEMA = "https://schema.org/"


def page_of(folder: Path, text: str, settings: Settings = KNOWN) -> str:
    write_files(folder / "content", {"a.txt": text})
    build(folder, settings)
    ((_, page),) = pages_of_cables(folder / "site")
    return page


def cable(**changes: str) -> str:
    return telegram(
        7, **({"post": "ASTANA", "dtg": "030856Z NOV 08", "subject": SUBJECT, "tags": "PREL, KZ"} | changes)
    )


def test_zotero_takes_a_cable_for_a_report_of_its_post(tmp_path: Path) -> None:
    assert zotero(page_of(tmp_path, cable())) == {
        "itemType": "report",
        "title": SUBJECT,
        "date": "2008/11/03",
        "institution": "Embassy Astana",
        "reportNumber": "08ASTANA7",
        "url": URL,
    }


def test_zotero_is_told_no_more_than_is_known(tmp_path: Path) -> None:
    text = "FM AMEMBASSY ASTANA\nTO SECSTATE WASHDC\n\nUNCLAS ASTANA 000007\n\nSUBJECT: SALT\n\n1. Text.\n"
    found = zotero(page_of(tmp_path, text, Settings(title="The Salt Archive")))
    assert found["title"] == "SALT"
    assert "url" not in found
    assert "date" not in found


def content_of(page: str, **attributes: str) -> list[str]:
    return [
        meta["content"]
        for meta in read_metas(page)
        if all(meta.get(name) == value for name, value in attributes.items())
    ]


@pytest.mark.parametrize(("attribute", "word", "value"), [
    ("name", "citation_title", SUBJECT),
    ("name", "citation_publication_date", "2008/11/03"),
    ("name", "citation_technical_report_institution", "Embassy Astana"),
    ("name", "citation_technical_report_number", "08ASTANA7"),
    ("name", "citation_public_url", URL),
    ("name", "DCTERMS.title", SUBJECT),
    ("name", "DCTERMS.date", "2008-11-03"),
    ("name", "DCTERMS.isPartOf", "The Salt Archive"),
    ("property", "dcterms:creator", "Embassy Astana"),
    ("property", "dcterms:identifier", "08ASTANA7"),
    ("property", "og:title", SUBJECT),
    ("property", "og:type", "article"),
    ("property", "og:url", URL),
    ("property", "og:site_name", "The Salt Archive"),
])  # fmt: skip
def test_each_vocabulary_stands_once_as_its_readers_look_for_it(
    head: str, attribute: str, word: str, value: str
) -> None:
    assert content_of(head, **{attribute: word}) == [value]


@pytest.fixture(scope="module")
def head(tmp_path_factory: pytest.TempPathFactory) -> str:
    return page_of(tmp_path_factory.mktemp("head"), cable())


def expanded(page: str) -> dict[str, Any]:
    """The JSON-LD of a page as pyld understands it; the words of schema.org are at hand without it."""
    context = {"contextUrl": None, "documentUrl": f"{SCHEMA}", "document": {"@context": {"@vocab": SCHEMA}}}
    nodes = jsonld.expand(
        json.loads(read_linked_data(page)), {"documentLoader": lambda url, options: context}
    )
    (node,) = nodes
    return {name.removeprefix(SCHEMA): value for name, value in node.items()}


def value_of(values: list[dict[str, Any]]) -> str:
    (value,) = values
    return str(value["@value"])


def named(values: list[dict[str, Any]]) -> tuple[str, str]:
    """Type and name of the one thing that a property leads to."""
    (thing,) = values
    (kind,) = thing["@type"]
    return kind.removeprefix(SCHEMA), value_of(thing[f"{SCHEMA}name"])


def test_json_ld_says_that_an_archive_holds_a_message(head: str) -> None:
    told = expanded(head)
    assert told["@type"] == [f"{SCHEMA}ArchiveComponent", f"{SCHEMA}Message"]
    assert value_of(told["name"]) == SUBJECT
    assert value_of(told["identifier"]) == "08ASTANA7"
    assert value_of(told["url"]) == URL
    assert value_of(told["dateSent"]) == "2008-11-03T08:56Z"
    assert value_of(told["keywords"]) == "PREL, KZ"
    assert named(told["sender"]) == ("Organization", "Embassy Astana")
    assert named(told["recipient"]) == ("Organization", "Secretary of State")
    assert named(told["isPartOf"]) == ("Collection", "The Salt Archive")
    assert named(told["holdingArchive"]) == ("ArchiveOrganization", "The Salt Archive")
    assert value_of(told["holdingArchive"][0][f"{SCHEMA}url"]) == "https://cables.example/"


def test_no_address_stands_in_a_head_where_the_site_has_none(tmp_path: Path) -> None:
    page = page_of(tmp_path, cable(), Settings(title="The Salt Archive"))
    head = page[: page.index("<body")].replace("https://schema.org", "")
    assert "http://" not in head
    assert "https://" not in head


def test_json_ld_of_hostile_cables_is_read_and_has_all_that_is_required(tmp_path: Path) -> None:
    write_files(tmp_path / "content", {f"{seed}.txt": hostile_cable(seed) for seed in range(60)})
    build(tmp_path)
    seen = 0
    for address, page in pages_of_cables(tmp_path / "site"):
        seen += 1
        assert "<" not in read_linked_data(page), address
        told = expanded(page)
        assert value_of(told["name"]), address
        assert named(told["isPartOf"])[1] == named(told["holdingArchive"])[1] == "Cable archive"
        assert zotero(page)["itemType"] == "report" or "sender" not in told
        assert value_of(told["name"]) == zotero(page)["title"]
    assert seen > 50
