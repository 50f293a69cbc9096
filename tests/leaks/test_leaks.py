"""A secret is found wherever in a site it hides and however it is spelt there, and what is no secret is not."""

import base64
import bz2
import gzip
import html
import io
import json
import lzma
import sqlite3
import tarfile
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import msgspec
import pytest
from site_tools import build, telegram, write_files

from generator.archive.address import file_name
from generator.leaks import Leak, ScanReport, Secret, SecretSearch, scan_site

ID = Secret(text="08STRELSAU123", kind="id", why="rule 1")
TERM = Secret(text="Rosa Müller-O'Hara", kind="term", why="rule 2")
NAME = Secret(text="RASSENDYLL", kind="term", why="rule 3")
PASSAGE = Secret(
    text="The heir's brother met the archivist twice in the salt mine; he will not testify.",
    kind="passage",
    why="rule 4",
)
SECRETS = (ID, TERM, NAME, PASSAGE)


def scan(folder: Path, *secrets: Secret) -> ScanReport:
    return scan_site(folder, SecretSearch(secrets or SECRETS))


def whys(report: ScanReport) -> set[str]:
    assert report.unsearched == ()
    return {leak.why for leak in report.leaks}


ID_SPELLINGS = [
    "08STRELSAU123",
    "08strelsau123",
    "08 STRELSAU 123",
    "08 STRELSAU 000123",
    "2008STRELSAU123",
    "2008 Strelsau 123",
    "'08 STRELSAU 123",
    "08-STRELSAU-00123",
    "08.STRELSAU.123",
    "08\nSTRELSAU\n  123",
    "08STRELSAU123_a",
    "08 S T R E L S A U 123",
    "08SECTION01OF02STRELSAU123",
    "08 UNCLAS SECTION 01 OF 02 STRELSAU 000123",
    "08AMEMBASSYSTRELSAU123",
    "STRELSAU 123 (2008)",
    "STRELSAU 123 ('08)",
    "STRELSAU 000123 of 2008",
    "STRELSAU 123/08",
    '{"year":2008,"post":"STRELSAU","serial":123}',
    "2008,STRELSAU,123",
]

TERM_SPELLINGS = [
    "Rosa Müller-O'Hara",
    "ROSA MULLER-O'HARA",
    "Rosa Mu\u0308ller-O\u2019Hara",
    "Rosa\nMüller-O'Hara",
    "Rosa  Müller\u2010O\u02bcHara",
    "Rosa Mül-\nler-O'Hara",
    "Rosa Mül\u00adler O'Hara",
    "R o s a  M ü l l e r - O ' H a r a",
    "R.O.S.A. M.U.L.L.E.R. O.H.A.R.A.",
    "\uff32\uff4f\uff53\uff41 Müller-O'Hara",
    "Ro\u200bsa Müller-O'Hara",
    "\u201cRosa\u201d (Müller) O'Hara",
    "Rosa_Müller_O_Hara",
]

PASSAGE_SPELLINGS = [
    PASSAGE.text,
    PASSAGE.text.upper(),
    PASSAGE.text.replace(" ", "\n"),
    PASSAGE.text.replace("'", "\u2019").replace(";", " --"),
    PASSAGE.text.replace("archivist", "archi-\n   vist"),
]

SPELLINGS = [
    *[pytest.param(ID, written, id=f"id {written}") for written in ID_SPELLINGS],
    *[pytest.param(TERM, written, id=f"term {written}") for written in TERM_SPELLINGS],
    *[pytest.param(PASSAGE, written, id=f"passage {written[:30]}") for written in PASSAGE_SPELLINGS],
]


def entities(text: str) -> str:
    return "".join(f"&#{ord(letter)};" if n % 2 else f"&#x{ord(letter):X};" for n, letter in enumerate(text))


def json_escapes(text: str) -> str:
    return "".join(f"\\u{ord(letter):04x}" for letter in text)


def percent_escapes(text: str) -> str:
    return "".join(f"%{byte:02x}" for byte in text.encode())


def as_file_name(text: str) -> str:
    """The name a text has, in pieces where it is long."""
    return "_20".join(file_name(word) for word in text.split()) if len(text) > 40 else file_name(text)


def page(text: str) -> bytes:
    return f"<!doctype html>\n<html><head><title>x</title></head><body>{text}</body></html>".encode()


def zipped(text: str, name: str = "x.txt") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, text)
    return file.getvalue()


def tarred(text: str) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w:bz2") as archive:
        member = tarfile.TarInfo("x.txt")
        member.size = len(text.encode())
        archive.addfile(member, io.BytesIO(text.encode()))
    return file.getvalue()


def database(text: str) -> bytes:
    with sqlite3.connect(":memory:") as connection:
        connection.execute("CREATE TABLE cables (a TEXT, b TEXT, c BLOB)")
        # Neighbouring values of a row lie side by side in the file.
        connection.execute("INSERT INTO cables VALUES (?, ?, ?)", ("before" * 700, text, b"behind"))
        return connection.serialize()


def raw_deflate(text: str) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(text.encode()) + packer.flush()


PLACES: dict[str, Callable[[str], bytes]] = {
    "a text file": lambda text: f"first\n{text}\nlast".encode(),
    "the text of a page": lambda text: page(f"<p>{html.escape(text)}</p>"),
    "an attribute": lambda text: page(f'<p title="{html.escape(text)}">x</p>'),
    "a comment": lambda text: page(f"<!-- {text} -->"),
    "a script": lambda text: page(f"<script>var x = {json.dumps(text)}</script>"),
    "entities": lambda text: page(f"<p>{entities(text)}</p>"),
    "entities of an attribute": lambda text: page(f'<p title="{entities(text)}">x</p>'),
    "letters in tags": lambda text: page("".join(f"<b>{html.escape(letter)}</b>" for letter in text)),
    "letters between comments": lambda text: page("<!-- x -->".join(map(html.escape, text))),
    "words in blocks": lambda text: page(
        "".join(f"<div>{html.escape(word)}</div>" for word in text.split(" "))
    ),
    "JSON": lambda text: json.dumps({"key": text}).encode(),
    "JSON of all escapes": lambda text: f'{{"key":"{json_escapes(text)}"}}'.encode(),
    "HTML in JSON": lambda text: json.dumps({"html": f"<p>{html.escape(text)}</p>"}).encode(),
    "HTML in a feed": lambda text: (
        f'<?xml version="1.0"?><feed><content>{html.escape(f"<p>{html.escape(text)}</p>")}</content></feed>'.encode()
    ),
    "CDATA": lambda text: (
        f'<?xml version="1.0"?><feed><content><![CDATA[<p>{html.escape(text)}</p>]]></content></feed>'.encode()
    ),
    "a URL": lambda text: page(f'<a href="x.html?q={quote(text)}">x</a>'),
    "a URL of all escapes": lambda text: page(f'<a href="{percent_escapes(text)}">x</a>'),
    "a link to a file name": lambda text: page(f'<a href="../tag/{as_file_name(text)}.html">x</a>'),
    "UTF-16": lambda text: f"first {text} last".encode("utf-16"),
    "UTF-16, big-endian": lambda text: f"first {text} last".encode("utf-16-be"),
    "gzip": lambda text: gzip.compress(text.encode()),
    "gzip in the middle": lambda text: b"\x00\x01abc" + gzip.compress(text.encode()) + b"more",
    "gzip in gzip": lambda text: gzip.compress(gzip.compress(text.encode())),
    "zlib": lambda text: b"\x93\x00" + zlib.compress(text.encode()),
    "deflate": raw_deflate,
    "zip": zipped,
    "zip without its directory": lambda text: zipped(text)[:-60],
    "bzip2": lambda text: bz2.compress(text.encode()),
    "xz": lambda text: lzma.compress(text.encode()),
    "tar": tarred,
    "MessagePack": lambda text: msgspec.msgpack.encode(["x", {"key": text, "after": "x"}]),
    "SQLite": database,
    "SQLite in gzip": lambda text: gzip.compress(database(text)),
    "base64": lambda text: page(
        f'<img src="data:text/plain;base64,{base64.b64encode(text.encode()).decode()}">'
    ),
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(("secret", "written"), SPELLINGS)
def test_a_secret_is_found_in_every_place_in_every_spelling(
    tmp_path: Path, place: str, secret: Secret, written: str
) -> None:
    (tmp_path / "x.bin").write_bytes(PLACES[place](written))
    assert whys(scan(tmp_path)) == {secret.why}


@pytest.mark.parametrize(
    ("secret", "written"), [spelling for spelling in SPELLINGS if spelling.values[0] is not PASSAGE]
)
@pytest.mark.parametrize("named", [as_file_name, percent_escapes])
def test_a_secret_is_found_in_names(
    tmp_path: Path, named: Callable[[str], str], secret: Secret, written: str
) -> None:
    name = named(written)[:200]
    write_files(tmp_path, {f"{name}.html": "x", f"f/{name}/index.html": "x"})
    report = scan(tmp_path)
    assert whys(report) == {secret.why}
    assert [(leak.file, leak.where) for leak in report.leaks] == [
        ("[name 1 of 2]", "the name") if name < "f" else ("[name 2 of 2]", "the name"),
        ("f/[name 1 of 1]", "the name"),
    ]


@pytest.mark.parametrize("name", [".hidden", ".git/x", "old/.x/y.html~", "a.cablepress-new", "x.html.bak"])
def test_files_that_are_hidden_or_left_behind_are_searched(tmp_path: Path, name: str) -> None:
    write_files(tmp_path, {name: "by Rassendyll"})
    assert scan(tmp_path).leaks == (Leak(file=name, offset=3, kind="term", why="rule 3"),)


def test_a_link_is_followed_and_a_loop_of_links_ends(tmp_path: Path) -> None:
    write_files(tmp_path / "out", {"x.txt": "RASSENDYLL"})
    (tmp_path / "site").mkdir()
    (tmp_path / "site/linked").symlink_to(tmp_path / "out")
    (tmp_path / "out/again").symlink_to(tmp_path / "site")
    assert whys(scan(tmp_path / "site")) == {"rule 3"}


NO_LEAKS = [
    (ID, "08STRELSAU1234"),
    (ID, "08STRELSAU12"),
    (ID, "08STRELSAU0012 3"),
    (ID, "108STRELSAU123"),
    (ID, "07STRELSAU123"),
    (ID, "1908STRELSAU1123"),
    (ID, "08NEWSTRELSAU123"),
    (ID, "STRELSAU 123"),
    (ID, "REF: STRELSAU 123, 08 ZENDA 9"),
    (ID, "08 ZENDA 5, STRELSAU 123"),
    (ID, "07STRELSAU123 2008-01-01"),
    (ID, "08STRELSAU 1.23"),
    (NAME, "RASSENDYLLS"),
    (NAME, "Rassen dyll"),
    (NAME, "GRASS, ENDYLL"),
    (TERM, "Rosa Müller"),
    (TERM, "Rosa met Müller-O'Hara"),
    (Secret(text="ROSA", kind="term", why="rule"), "professor of prosaic things, pro sa, p-rosa-ic, RO SA"),
    (Secret(text="ROSA", kind="term", why="rule"), "<td>RO</td><td>SA</td>"),
    (Secret(text="ROSA", kind="term", why="rule"), "rosary"),
    (Secret(text="IVO", kind="term", why="rule"), "archivo ivory pivot"),
    (PASSAGE, PASSAGE.text.replace("twice", "once")),
]


@pytest.mark.parametrize(("secret", "written"), NO_LEAKS)
@pytest.mark.parametrize("place", ["a text file", "the text of a page", "JSON", "gzip"])
def test_what_only_looks_like_a_secret_is_none(
    tmp_path: Path, secret: Secret, written: str, place: str
) -> None:
    (tmp_path / "x.html").write_bytes(PLACES[place](written))
    assert whys(scan(tmp_path, secret)) <= ({"rule"} if "p-rosa" in written else set())


def test_a_term_of_one_cable_is_a_leak_only_in_what_that_cable_made(tmp_path: Path) -> None:
    write_files(tmp_path, {"cable/a.html": "Rassendyll", "cable/b.html": "Rassendyll"})
    secret = Secret(text="RASSENDYLL", kind="term", only_in=frozenset({"cable/a.html"}), why="rule")
    assert [leak.file for leak in scan(tmp_path, secret).leaks] == ["cable/a.html"]


@pytest.mark.parametrize(
    ("data", "offset"),
    [
        (b"RASSENDYLL", 0),
        ("äöü Rassendyll".encode(), 7),
        (page("<p>&lt;&amp;<b>Rass</b>endyll"), 72),
        (page('<p title="&#82;assendyll">'), 67),
        (b"\xff\xfe\x00 RASSENDYLL", 4),
        (b"\x00\x01ab" + gzip.compress(b"xx RASSENDYLL", mtime=0), 4),
        ("a Rassendyll".encode("utf-16-be"), 4),
    ],
)
def test_a_leak_says_at_which_byte_it_begins(tmp_path: Path, data: bytes, offset: int) -> None:
    (tmp_path / "x").write_bytes(data)
    assert min(leak.offset or 0 for leak in scan(tmp_path).leaks) == offset


def test_a_secret_at_the_seam_of_two_windows_is_found(tmp_path: Path) -> None:
    secret = b" Rassendyll "
    for at in (4 << 20, (4 << 20) - 5, (8 << 20) - 6):
        data = bytearray(b"x " * (5 << 20))
        data[at : at + len(secret)] = secret
        (tmp_path / "x").write_bytes(data)
        (tmp_path / "x.gz").write_bytes(gzip.compress(bytes(data), 1))
        leaks = scan(tmp_path).leaks
        assert [(leak.file, leak.offset) for leak in leaks] == [("x", at + 1), ("x.gz", 0)]


def test_what_cannot_be_searched_is_told(tmp_path: Path) -> None:
    locked = bytearray(zipped("x" * 100))
    locked[6] |= 1
    deep = b"x"
    for _ in range(8):
        deep = gzip.compress(deep)
    write_files(
        tmp_path,
        {
            "a.zip": bytes(locked),
            "b.gz": deep,
            "c.sqlite": b"SQLite format 3\0" + b"\xff" * 200,
        },
    )
    assert [entry.file for entry in scan(tmp_path).unsearched] == ["a.zip", "b.gz", "c.sqlite"]


def test_a_report_never_repeats_a_secret(tmp_path: Path) -> None:
    write_files(
        tmp_path,
        {
            "tag/RASSENDYLL/08STRELSAU123.html": "Rosa Müller-O'Hara",
            "tag/OTHER.html": "x",
            "08/strelsau/123/x.txt": "x",
        },
    )
    report = scan(tmp_path)
    shown = "\n".join(str(leak) for leak in report.leaks).lower()
    assert len(report.leaks) == 4
    assert not any(word in shown for word in ("rassendyll", "strelsau", "rosa", "hara"))
    assert "tag/[name 2 of 2]/[name 1 of 1]" in shown


@pytest.mark.parametrize(
    "piece",
    ["<a ", "<a '", "<!-", "<!-- ", "&", "&#", "&amp;lt;", "\\u0041", "%41", "_41", "\\", "RASSENDYL ", "08 STRELSAU 12 ",
     "R A S S E N D Y L ", "base64,", "x^", "PK\x03\x04", "\x1f\x8b\x08", "\u00e9", "0", "08 "],
)  # fmt: skip
def test_nothing_takes_more_than_linear_time(tmp_path: Path, piece: str) -> None:
    (tmp_path / "x").write_bytes((piece * (300_000 // len(piece))).encode())
    began = time.process_time()
    assert scan(tmp_path).leaks == ()
    assert time.process_time() - began < 10


@pytest.mark.parametrize(
    ("name", "values", "found"),
    [
        ("words/r-", ["rasp rassendyll rat", "numbers"], {NAME.why}),
        ("words/r-", ["rasp rat", "RASSENDYLL"], set()),  # which are characters by chance
        ("lists/the-733184", ["RASSENDYLL\0PK\x03\x04"], set()),
        ("cables/733184-0", [[["08STRELSAU123", "Salt", "", "", ""]]], {ID.why}),
        ("ids/s-", ["08STRELSAU123 2008-02"], {ID.why}),
        ("elsewhere", ["RASSENDYLL"], {NAME.why}),
    ],
)
def test_in_the_search_index_words_are_searched_and_packed_numbers_are_not(
    tmp_path: Path, name: str, values: list[object], found: set[str]
) -> None:
    written = ",".join(json.dumps(value) for value in [name, *values])
    write_files(tmp_path, {"search/x.js": f"cablepress.piece({written});\n"})
    assert whys(scan(tmp_path)) == found


def test_in_the_manifest_paths_are_searched_and_checksums_are_not(tmp_path: Path) -> None:
    checksum = "ab08fade12b" + "0" * 53
    listed = f"{checksum}  cable/2008/02/08FADE13.html\n{checksum}  tag/RASSENDYLL.html\n"
    write_files(tmp_path, {"manifest-sha256.txt": listed, "below/manifest-sha256.txt": listed})
    secrets = [Secret(text=f"08FADE{serial}", kind="id", why=f"{serial}") for serial in (12, 13)]
    found = [(leak.file, leak.offset, leak.why) for leak in scan(tmp_path, NAME, *secrets).leaks]
    assert [one for one in found if one[0] == "manifest-sha256.txt"] == [
        ("manifest-sha256.txt", listed.index("FADE13"), "13"),
        ("manifest-sha256.txt", listed.index("RASSENDYLL"), "rule 3"),
    ]
    assert ("below/manifest-sha256.txt", 4, "12") in found  # which no build has written


def test_a_clean_site_gives_nothing(tmp_path: Path) -> None:
    write_files(tmp_path / "content", {f"{n}.txt": telegram(n) for n in (1, 12, 1234, 124)})
    build(tmp_path)
    report = scan(tmp_path / "site", *(secret for secret in SECRETS if secret is not NAME))
    assert (report.leaks, report.unsearched) == ((), ())
    assert report.files > 10


def test_every_page_of_a_cable_is_found_by_its_id(tmp_path: Path) -> None:
    write_files(tmp_path / "content", {f"{n}.txt": telegram(n) for n in (123, 124)})
    build(tmp_path)
    found = {leak.file for leak in scan(tmp_path / "site", ID).leaks}
    assert {"index.html", "tag/PGOV.html", "date/2008-02.html", "cable/2008/02/08STRELSAU124.html"} <= found


@pytest.mark.parametrize(
    "secret",
    [
        Secret(text=" - ", kind="term"),
        Secret(text="STRELSAU 123", kind="id"),
        Secret(text="", kind="passage"),
    ],
)
def test_a_secret_that_cannot_be_found_is_refused(secret: Secret) -> None:
    with pytest.raises(ValueError, match=r"secret|id"):
        SecretSearch([secret])
