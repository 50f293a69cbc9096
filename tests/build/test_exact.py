"""After any edits, the site is byte for byte that of a clean build; and no more was written than the edit needs.

A machine edits a small archive at random, builds after each edit, and builds all again beside it. `make proof` goes a
hundred ways, `make test` a few.
"""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from datetime import date as Day  # noqa: N812 - a day of the calendar
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from site_tools import broken_links, build, nothing, read_page, snapshot, telegram, write_files

from generator.build.engine import Engine
from generator.build.workers import InThisProcess
from generator.render.template_files import builtin_templates
from generator.settings import load_settings

IS_PROOF = os.environ.get("HYPOTHESIS_PROFILE") == "proof"

NUMBERS = st.integers(1, 6)
POSTS = st.sampled_from(["STRELSAU", "ZENDA", "KYIV"])
DAYS = st.sampled_from(
    [
        "141230Z FEB 08",
        "141230Z FEB 08",
        "011230Z MAR 08",
        "291230Z FEB 08",
        "311230Z DEC 07",
        "050600Z JAN 93",
    ]
)
TAGS = st.sampled_from(["PGOV", "ECON UP", "PGOV ECON", "QQQQ", "PGOV QQQQ", "PGOV, MR. SAPT", "KZ UP"])
LEVELS = st.sampled_from(["UNCLAS", "C O N F I D E N T I A L", "S E C R E T"])
SUBJECTS = st.sampled_from(["THE SALT ROAD", "SNOW", "FRITZ VON TARLENHEIM CALLS"])
REFS = st.sampled_from(
    [
        "",
        "08 STRELSAU 1",
        "A. 08 ZENDA 2 B. 07 STRELSAU 3",
        "08 KIEV 1",
        "STATE 99",
        "A. 08 STRELSAU 1 B. 08 KYIV 1 C. 08 ZENDA 2 D. 93 STRELSAU 4",
    ]
)
TEXTS = st.sampled_from(
    [
        "1. (U) It snowed.",
        "1. (U) It thawed.\n\n2. (C) As 08 STRELSAU 1 para 2 said, Sapt left.",
        "1. (S) Salt. (REF A)",
        "1. (U) Poloff told the GOK, not the UN.",
    ]
)
PATHS = st.sampled_from(["a.txt", "b.txt", "below/c.txt", "below/d.cable", "e.md", "zz.txt", "08ZENDA2.txt"])
FRONTS = st.sampled_from(
    [
        "",
        "",
        "",
        "draft: true",
        "withhold: true\nshow: card\nreason: names a source",
        "embargo: 2026-06-01",
        "redact: Sapt",
        "released: 2011-08-30\nnoindex: true",
        "aliases: [/old/a.html, /below/about.html, /cable/2008/02/08ZENDA2.html]",
    ]
)
ASKED = st.sampled_from(
    [
        "08STRELSAU1",
        "08KIEV1#par2",
        "*08ZENDA2#par1* and `08ZENDA3`",
        "[[quote 08STRELSAU1 par 1]]",
        "[[quote 08STRELSAU1 par 2]]",
        "[[quote 08ZENDA2 par 1]]\n\n[[quote 08KIEV1 par 2]]",
        "[[list tag:PGOV from:strelsau 2007..2008]]",
        "[[list country:UP limit:1]]\n\n[[list tag:ECON limit:1]]",
        "[[timeline -class:secret 1993..2008]]",
        "[[list 08STRELSAU1 08ZENDA2 08KIEV1]]",
    ]
)
COLLECTED = st.sampled_from(
    [
        "cables: [08STRELSAU1, 08KIEV1, 08ZENDA2]",
        "cables:\n  - 08STRELSAU1: As Sapt says, *read* 08ZENDA2.\n  - 08STRELSAU1\n  - collected\n  - id: 08KYIV1",
        "cables: [08ZENDA3]\nquery: from:strelsau limit:1",
        "query: tag:ECON -from:zenda\ndescription: Sapt collected this.",
        "title: Empty",
    ]
)
LEDGERS = st.sampled_from(
    [
        "",
        '[[withhold]]\ncable = "08STRELSAU1"\nshow = "card"\nreason = "names a source"\n',
        '[[withhold]]\ncables = "08*"\n',
        '[[redact]]\nterm = "Sapt"\n',
        '[[redact]]\nterm = "snow"\nwithin_words = true\n',
        '[[embargo]]\ntag = "ECON"\nuntil = 2026-06-01\nshow = "tombstone"\n',
        '[release]\nhighest = "CONFIDENTIAL"\nportions = true\n',
    ]
)
SETTINGS = st.sampled_from(
    [
        "",
        'title = "Salt"\n',
        "rows_per_page = 20\n",
        '[lexicon.tags]\nPGOV = "Government, as we call it"\n',
        '[lexicon.tags]\nQQQQ = "Known now"\n',
        '[lexicon.tags]\nUP = "The country of KYIV"\n',
        '[lexicon.posts]\nZENDA = { name = "Embassy Zenda", country = "KZ", latitude = 46.6, longitude = 14.1 }\n',
        '[lexicon.abbreviations]\nGOK = "Government of Kravonia"\n',
        '[theme]\nserif = "Georgia, serif"\n\n[theme.colours]\nink = "#999"\n',
        '[theme]\nlogo = "content/crest.svg"\n',
        'site_url = "https://example.org/cables/"\n[feeds]\nfewest = 2\nentries = 3\n',
        'site_url = "https://example.org/cables/"\n[robots]\nnoindex = ["tag", "page"]\n',
        "[data]\njsonl = false\nsqlite = true\n",
        "[data]\ncsv = false\njsonl = false\n",
    ]
)


def ours(name: str) -> bytes:
    """A template that makes the same pages in other bytes."""
    return (builtin_templates() / name).read_bytes().replace(b"</h1>", b"</h1 >").replace(
        b"</ol>", b"</ol >"
    ) + b"\n"


class Edits(RuleBasedStateMachine):
    """An archive, edited and built again and again."""

    def __init__(self) -> None:
        super().__init__()
        self.project = Path(tempfile.mkdtemp(prefix="cablepress-edits-"))
        (self.project / "content").mkdir()
        self.today = Day(2026, 1, 1)
        self.preview: Engine | None = None
        self.stamps: dict[Path, tuple[int, int, int]] = {}

    def teardown(self) -> None:
        shutil.rmtree(self.project)

    @initialize()
    def begin(self) -> None:
        write_files(
            self.project / "content",
            {
                "08STRELSAU1.txt": telegram(1),
                "08ZENDA2.txt": telegram(2, post="ZENDA", ref="08 STRELSAU 1"),
                "about.md": "# About\n\nAn *archive*.\n",
                "below/asks.md": "# It asks\n\n08STRELSAU1\n\n[[quote 08STRELSAU1 par 1]]\n\n[[list tag:PGOV]]\n",
                "below/collected.md": "---\nkind: collection\ncables: [08ZENDA2, 08STRELSAU1]\n---\n08STRELSAU1\n",
                "crest.svg": "<svg/>",
            },
        )
        self.build()

    @rule(
        path=PATHS, number=NUMBERS, post=POSTS, dtg=DAYS, tags=TAGS, level=LEVELS, subject=SUBJECTS, ref=REFS, text=TEXTS,
        front=FRONTS,
    )  # fmt: skip
    def write_a_cable(
        self, path: str, number: int, post: str, dtg: str, tags: str, level: str, subject: str, ref: str, text: str,
        front: str,
    ) -> None:  # fmt: skip
        written = telegram(
            number, post=post, dtg=dtg, tags=tags, level=level, subject=subject, ref=ref, text=text
        )
        self.write(path, (f"---\n{front}\n---\n" if front else "") + written)

    @rule(path=PATHS, text=TEXTS)
    def change_a_text(self, path: str, text: str) -> None:
        file = self.project / "content" / path
        if file.exists():
            head, _, _ = file.read_text("utf-8", "replace").partition("1. (")
            self.write(path, f"{head}{text}\n\nRASSENDYLL\n")

    @rule(
        path=st.sampled_from(["s1.txt", "s2.txt", "below/s3.txt"]), section=st.integers(1, 3), number=NUMBERS
    )
    def write_a_section(self, path: str, section: int, number: int) -> None:
        whole = telegram(number, text=f"{section}. (U) Part {section} names Sapt.")
        head = whole.replace("UNCLAS STRELSAU", f"UNCLAS SECTION 0{section} OF 03 STRELSAU")
        self.write(path, head if section == 3 else head.replace("RASSENDYLL\n", ""))

    @rule(path=PATHS, other=PATHS)
    def rename(self, path: str, other: str) -> None:
        file = self.project / "content" / path
        if file.exists() and path != other:
            (self.project / "content" / other).parent.mkdir(exist_ok=True)
            file.replace(self.project / "content" / other)
        self.build()

    @rule(
        path=st.one_of(
            PATHS,
            st.sampled_from(
                ["s1.txt", "s2.txt", "08STRELSAU1.txt", "about.md", "index.md", "below/index.md"]
            ),
        )
    )
    def remove(self, path: str) -> None:
        (self.project / "content" / path).unlink(missing_ok=True)
        self.build()

    @rule(
        path=st.sampled_from(["about.md", "index.md", "below/About.md", "below/about.md", "below/index.md"]),
        title=SUBJECTS,
        front=FRONTS,
        link=st.sampled_from(["about.md", "index.md", "below/about.md", "../about.md"]),
    )
    def write_a_page(self, path: str, title: str, front: str, link: str) -> None:
        text = f"# {title}\n\nSapt wrote [*this*]({link}).\n"
        self.write(path, (f"---\n{front}\n---\n" if front else "") + text)

    @rule(path=st.sampled_from(["about.md", "index.md", "below/asks.md"]), asked=ASKED, other=ASKED)
    def write_a_page_that_asks(self, path: str, asked: str, other: str) -> None:
        self.write(path, f"# What it says\n\n{asked}\n\n{other}\n")

    @rule(path=st.sampled_from(["about.md", "below/collected.md"]), collected=COLLECTED, asked=ASKED)
    def write_a_collection(self, path: str, collected: str, asked: str) -> None:
        self.write(path, f"---\nkind: collection\n{collected}\n---\n{asked}\n")

    @rule(
        path=st.sampled_from(["n.md", "below/n.md", "about.md"]),
        cable=st.sampled_from(["08STRELSAU1", "08KIEV1", "08ZENDA2"]),
        paragraph=st.sampled_from(["", "paragraph: 1\n", "paragraph: 2\n"]),
        front=FRONTS,
    )
    def write_a_note(self, path: str, cable: str, paragraph: str, front: str) -> None:
        written = f"---\nkind: note\ncable: {cable}\n{paragraph}{front}\n---\nSapt wrote *this*.\n"
        self.write(path, written)

    @rule(
        path=st.sampled_from(["map.svg", "below/map.svg", "Sapt.png", "x.html"]),
        data=st.sampled_from(["a", "b", ""]),
    )
    def write_a_file(self, path: str, data: str) -> None:
        self.write(path, data)

    @rule(path=PATHS, data=st.sampled_from([b"", b"\x00\x01\x02\xff" * 50, b"\xff\xfea\x00"]))
    def write_nonsense(self, path: str, data: bytes) -> None:
        (self.project / "content" / path).parent.mkdir(exist_ok=True)
        (self.project / "content" / path).write_bytes(data)
        self.build()

    @rule(ledger=LEDGERS)
    def change_the_ledger(self, ledger: str) -> None:
        self.write("release.toml", ledger)

    @rule(settings=SETTINGS)
    def change_the_settings(self, settings: str) -> None:
        (self.project / "cablepress.toml").write_text(settings, "utf-8")
        self.build()

    @rule(
        name=st.sampled_from(
            [
                "cable.html",
                "country.html",
                "list.html",
                "home.html",
                "live.html",
                "collection.html",
                "day.html",
                "map.html",
                "glossary.html",
                "statistics.html",
                "parts/lists.html",
                "parts/terms.html",
                "assets/cablepress.css",
            ]
        )
    )
    def change_a_template(self, name: str) -> None:
        file = self.project / "templates" / name
        if file.exists():
            file.unlink()
        else:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(ours(name))
        self.build()

    @rule(day=st.sampled_from([Day(2026, 1, 1), Day(2026, 5, 31), Day(2026, 6, 1)]))
    def another_day(self, day: Day) -> None:
        self.today = day
        self.build()

    @rule(data=st.data())
    def lose_a_file(self, data: st.DataObject) -> None:
        address = data.draw(st.sampled_from(sorted(snapshot(self.project / "site"))))
        (self.project / "site" / address).unlink()
        self.build()

    def write(self, path: str, text: str) -> None:
        write_files(self.project / "content", {path: text})
        self.build()

    def build(self) -> None:
        """Build what changed, and all of it beside that."""
        report = build(self.project, today=self.today)
        clean = Path(tempfile.mkdtemp(prefix="cablepress-clean-"))
        try:
            for name in ("content", "templates", "cablepress.toml"):
                source = self.project / name
                if source.is_dir():
                    shutil.copytree(source, clean / name)
                elif source.exists():
                    shutil.copy(source, clean / name)
            expected = build(clean, today=self.today)
            assert snapshot(self.project / "site") == snapshot(clean / "site")
            self.build_preview()
            assert snapshot(self.project / ".cablepress/preview/site") == snapshot(clean / "site")
        finally:
            shutil.rmtree(clean)
        for name in ("cables", "withheld", "redacted", "pages", "size", "foreign"):
            assert getattr(report, name) == getattr(expected, name), name
        assert [(kind.code, kind.count) for kind in report.problems] == [
            (kind.code, kind.count) for kind in expected.problems
        ]
        assert build(self.project, today=self.today).nothing_to_do

    def build_preview(self) -> None:
        """Build as a preview does, which is told what has changed: files of content/, or something else."""
        stamps = {}
        for path in (self.project / "content").rglob("*"):
            if path.is_file():
                status = path.stat()
                stamps[path] = (status.st_mtime_ns, status.st_size, status.st_ino)
        changed = {
            path for path in stamps.keys() | self.stamps.keys() if stamps.get(path) != self.stamps.get(path)
        }
        self.stamps = stamps
        is_told = self.preview is not None and all(path.name != "release.toml" for path in changed)
        if changed and is_told and self.preview is not None:
            self.preview.build(today=self.today, progress=nothing, changed=changed)
            return
        folder = self.project / ".cablepress/preview"
        self.preview = Engine(
            self.project,
            load_settings(self.project),
            content=self.project / "content",
            site=folder / "site",
            state=folder / "state",
            executor=InThisProcess(),
            workers=1,
            is_lasting=False,
        )
        self.preview.build(today=self.today, progress=nothing)


TestEdits = Edits.TestCase
TestEdits.settings = hypothesis_settings(
    max_examples=100 if IS_PROOF else 8, stateful_step_count=30 if IS_PROOF else 12, deadline=None
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Six cables in two months, two of them in one thread."""
    write_files(
        tmp_path / "content",
        {
            f"08STRELSAU{n}.txt": telegram(
                n,
                dtg=f"{n:02d}1230Z {'FEB' if n < 4 else 'MAR'} 08",
                tags="PGOV" if n % 2 else "ECON",
                subject=f"REPORT {n}",
                ref="08 STRELSAU 1" if n == 5 else "",
            )
            for n in range(1, 7)
        },
    )
    build(tmp_path)
    return tmp_path


def page(number: int, month: str) -> str:
    return f"cable/2008/{month}/08STRELSAU{number}.html"


def edit(number: int, old: str, new: str) -> Callable[[Path], None]:
    def change(project: Path) -> None:
        file = project / f"content/08STRELSAU{number}.txt"
        file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")

    return change


def settings_of(text: str) -> Callable[[Path], None]:
    return lambda project: write_files(project, {"cablepress.toml": text})


LISTS_OF_3 = {
    "classification/UNCLASSIFIED.html", "date/2008-02.html", "date/2008.html", "origin/STRELSAU.html", "tag/PGOV.html",
}  # fmt: skip

INDEXES = {"tag/index.html", "tag/by-count.html", "index.html"}
# Pages that say which TAGS their cables have.
WITH_RELATED_TAGS = {"classification/UNCLASSIFIED.html", "date/2008.html", "origin/STRELSAU.html"}


@pytest.mark.parametrize(
    ("change", "written"),
    [
        pytest.param(
            edit(3, "It snowed.", "It snowed.\n\n2. (U) It thawed."),
            {page(3, "02")},
            id="words of a paragraph",
        ),
        pytest.param(
            edit(3, "It snowed", "It thawed"),
            {page(3, "02"), "index.html", "day/02-03.html", *LISTS_OF_3},
            id="the first words: also the lists it is in, but nothing beside it",
        ),
        pytest.param(
            edit(3, "It snowed.", "It snowed.\n\n2. (U) Poloff left."),
            {page(3, "02"), "glossary.html"},
            id="an abbreviation in a paragraph",
        ),
        pytest.param(
            edit(3, "It snowed.", "It snowed.\n\n2. (U)" + " It thawed." * 60),
            {page(3, "02"), "statistics.html"},
            id="a length of another class",
        ),
        pytest.param(
            edit(3, "AMCONSUL ZENDA", "AMCONSUL HENTZAU"),
            {page(3, "02"), "statistics.html"},
            id="an addressee",
        ),
        pytest.param(
            edit(3, "REPORT 3", "REPORT THREE"),
            {page(3, "02"), "index.html", "day/02-03.html", "search-help.html", *LISTS_OF_3},
            id="a subject: its page, the lists it is in, and the examples of a search that it gives",
        ),
        pytest.param(
            edit(1, "REPORT 1", "REPORT ONE"),
            {page(1, "02"), page(5, "03"), "index.html", "day/02-01.html", *LISTS_OF_3},
            id="a subject: also those that cite it",
        ),
        pytest.param(
            edit(3, "TAGS: PGOV", "TAGS: ECON"),
            {
                *(page(n, "02") for n in (1, 2, 3)),
                *(page(n, "03") for n in (4, 5)),
                "tag/PGOV.html",
                "tag/ECON.html",
                "glossary.html",
                *INDEXES,
                *WITH_RELATED_TAGS,
            },
            id="a TAGS code: its page, those before and after it under both codes",
        ),
        pytest.param(
            edit(3, "031230Z FEB", "041230Z FEB"),
            {
                page(3, "02"),
                "index.html",
                "day/02-03.html",
                "day/02-04.html",
                "day/index.html",
                *LISTS_OF_3,
            },
            id="a day: also both days, and the calendars",
        ),
        pytest.param(
            settings_of('[lexicon.tags]\nECON = "Money"\n'),
            {
                page(2, "02"),
                page(4, "03"),
                page(6, "03"),
                "tag/ECON.html",
                "glossary.html",
                *INDEXES,
                *WITH_RELATED_TAGS,
            },
            id="what a TAGS code stands for",
        ),
        pytest.param(
            lambda project: write_files(
                project,
                {"templates/list.html": ours("list.html")},
            ),
            {*LISTS_OF_3, "tag/ECON.html", "date/2008-03.html"},
            id="a template",
        ),
        pytest.param(
            settings_of('[theme]\nserif = "Georgia"\n\n[theme.dark]\nink = "#fff"\n'),
            {"assets/cablepress.css"},
            id="colours and fonts",
        ),
        pytest.param(
            lambda project: (project / "content/08STRELSAU3.txt").touch(), set(), id="only the time of a file"
        ),
        pytest.param(
            lambda project: write_files(project, {"content/release.toml": '[[redact]]\nterm = "Nobody"\n'}),
            set(),
            id="a ledger that changes nothing",
        ),
        pytest.param(
            lambda project: (project / "content/08STRELSAU3.txt").replace(project / "content/elsewhere.txt"),
            set(),
            id="the name of a file whose cable has an id",
        ),
    ],
)
def test_no_more_is_written_than_the_edit_needs(
    project: Path, change: Callable[[Path], None], written: set[str]
) -> None:
    before = {path: path.stat().st_mtime_ns for path in (project / "site").rglob("*.*")}
    change(project)
    report = build(project)
    after = {path: path.stat().st_mtime_ns for path in (project / "site").rglob("*.*")}
    changed = {
        path.relative_to(project / "site").as_posix() for path in after if before.get(path) != after[path]
    }
    assert report.written == len(changed)
    assert ("manifest-sha256.txt" in changed) is bool(changed)
    # What an edit writes of the search, tests/search/ says, and tests/data/ what it writes of the data.
    pages = {address for address in changed if not address.startswith(("search/", "data/", "manifest-"))}
    assert pages == written
    assert list(broken_links(project / "site")) == []


UKRAINE_CHANGED = {"country/UP.html", "country/index.html", "country/by-count.html"}


@pytest.mark.parametrize(
    ("change", "places"),
    [
        pytest.param(
            edit(1, "It snowed.", "It snowed.\n\n2. (U) It thawed."), set(), id="words of a paragraph"
        ),
        pytest.param(edit(1, "It snowed", "It thawed"), {"country/UP.html"}, id="the first words"),
        pytest.param(edit(1, "REPORT 1", "REPORT ONE"), {"country/UP.html"}, id="a subject"),
        pytest.param(edit(2, "TAGS: ECON", "TAGS: ECON UP"), UKRAINE_CHANGED, id="a country more"),
        pytest.param(edit(2, "TAGS: ECON", "TAGS: PGOV"), set(), id="another code of a cable from elsewhere"),
        pytest.param(
            edit(1, "TAGS: PGOV", "TAGS: PREL"), {"country/UP.html"}, id="another code of its posts"
        ),
        pytest.param(
            lambda project: write_files(project, {"content/08KYIV8.txt": telegram(8, post="KYIV")}),
            {*UKRAINE_CHANGED, "map.html"},
            id="a cable more",
        ),
        pytest.param(
            lambda project: write_files(project, {"content/08STRELSAU8.txt": telegram(8)}),
            {"map.html"},
            id="a cable more of a post that no country has",
        ),
        pytest.param(
            settings_of('[lexicon.tags]\nUP = "Ruthenia"\n'),
            {*UKRAINE_CHANGED, "map.html"},
            id="the name of a country",
        ),
    ],
)
def test_of_countries_and_the_map_no_more_is_written_than_the_edit_needs(
    tmp_path: Path, change: Callable[[Path], None], places: set[str]
) -> None:
    write_files(
        tmp_path / "content",
        {
            "08STRELSAU1.txt": telegram(1, post="KYIV", subject="REPORT 1"),
            "08STRELSAU2.txt": telegram(2, tags="ECON"),
            "08STRELSAU3.txt": telegram(3, tags="ECON"),
        },
    )
    build(tmp_path)
    site = tmp_path / "site"
    pages = [*(site / "country").iterdir(), site / "map.html"]
    before = {path: path.stat().st_mtime_ns for path in pages}
    change(tmp_path)
    build(tmp_path)
    assert {
        path.relative_to(site).as_posix() for path in pages if path.stat().st_mtime_ns != before[path]
    } == places
    assert list(broken_links(site)) == []


def test_a_country_without_cables_has_no_page(tmp_path: Path) -> None:
    write_files(tmp_path / "content", {"a.txt": telegram(1, tags="UP"), "b.txt": telegram(2)})
    build(tmp_path)
    assert (tmp_path / "site/country/UP.html").exists()
    (tmp_path / "content/a.txt").unlink()
    build(tmp_path)
    assert sorted(path.name for path in (tmp_path / "site/country").iterdir()) == [
        "by-count.html",
        "index.html",
    ]


def test_a_country_that_is_called_something_else_is_so_on_the_pages_of_its_posts(tmp_path: Path) -> None:
    write_files(tmp_path, {"content/a.txt": telegram(post="KYIV")})
    build(tmp_path)
    settings_of('[lexicon.tags]\nUP = "Ruthenia"\n')(tmp_path)
    build(tmp_path)
    assert "Ruthenia" in read_page(tmp_path / "site/origin/KYIV.html").text


def test_bytes_that_changed_behind_the_same_stamp_are_found_when_all_are_read(project: Path) -> None:
    with sqlite3.connect(project / ".cablepress/state.sqlite") as state:
        # As if other bytes had been read a year ago, and nothing had touched the file since.
        state.execute(
            "UPDATE unit SET digest = x'00', seen = seen + 31536000000000000 WHERE key = '08STRELSAU3.txt'"
        )
        state.execute("UPDATE cable SET digest = x'00' WHERE id = '08STRELSAU3'")
    (project / "site" / page(3, "02")).write_text("as it was", "utf-8")
    assert build(project).nothing_to_do
    assert build(project, reads_all=True).written == 1
    assert "It snowed" in read_page(project / "site" / page(3, "02")).text
