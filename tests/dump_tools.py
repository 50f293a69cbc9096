"""Dumps for tests, made of invented telegrams: pages of 2010, rows of cables.csv, zip and tar files."""

import html
import io
import json
import re
import tarfile
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from site_tools import telegram

from generator.intake.dumps import ImportReport, import_dumps
from generator.intake.front_matter import FrontMatter, split_front_matter
from generator.lexicon import builtin_lexicon

COLUMNS = ("Reference ID", "Created", "Released", "Classification", "Origin")


def blocks(text: str) -> tuple[str, str]:
    """The transmission header and the message of a telegram."""
    header, _, message = text.partition("\n\n")
    return (header, message) if message else ("", header)


def in_html(text: str) -> str:
    """A text as the pages of 2010 have it: entities, line ends written out, a pilcrow before each paragraph."""
    written = html.escape(text, quote=True)
    written = re.sub(
        r"^(\d{1,3})\.",
        lambda found: f"<a id='par{found[1]}' href='#par{found[1]}'>¶</a>{found[0]}",
        written,
        flags=re.MULTILINE | re.ASCII,
    )
    return written.replace("\n", "&#x000A;")


def page(
    text: str | tuple[str, str] = telegram(),
    *,
    id_: str = "08STRELSAU123",
    created: str = "2008-02-14 12:12",
    released: str = "2010-12-01 23:11",
    media: str = "",
    subject: str = "THE SALT ROAD",
) -> str:
    """A page of 2010; a telegram is cut into its two blocks, unless they are given."""
    header, message = blocks(text) if isinstance(text, str) else text
    cells = [f"<a href='/cable/x.html'>{id_}</a>", created, released, "UNCLASSIFIED", "Embassy Strelsau"]
    headings = [*COLUMNS, "Media"] if media else [*COLUMNS]
    if media:
        cells.append(media)
    return (
        "<!DOCTYPE html><html><head><title>Cable Viewer</title></head><body>"
        "<div class='pane'><table class='menu'><tr><td>Browse</td></tr></table><pre>a help</pre></div>"
        f"<h3>Viewing cable {id_}, {html.escape(subject)}</h3>\n<table class='cable'>\n"
        f"<tr>{''.join(f'<th>{name}</th>' for name in headings)}</tr>\n"
        f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>\n</table>\n"
        f"<code><pre>{in_html(header)}</pre></code>\n<code><pre>{in_html(message)}</pre></code>\n</body></html>\n"
    )


def row(
    text: str | tuple[str, str] = telegram(),
    *,
    number: int = 1,
    created: str = "2/14/2008 12:30",
    id_: str = "08STRELSAU123",
    references: str = "08ZENDA5|07SLAVNA44",
) -> str:
    """A row of cables.csv, with its line end."""
    header, message = blocks(text) if isinstance(text, str) else text
    fields = (str(number), created, id_, "Embassy Strelsau", "UNCLASSIFIED", references, header, message)
    return ",".join(quoted(field) for field in fields) + "\n"


def quoted(field: str) -> str:
    escaped = field.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def record(number: int = 1234, *, post: str = "STRELSAU", text: str = "1. IT SNOWED.") -> str:
    """An electronic record of 1975, with the attributes below it."""
    return (
        f"Message Text\n\nCONFIDENTIAL\n\nPAGE 01        {post[:6]}  {number:05d}  141530Z\n\n15\nACTION EUR-12\n\n"
        "INFO  OCT-01  ISO-00  /056 W\n                     ---------------------     012345\n"
        f"R 141430Z FEB 75\nFM AMEMBASSY {post}\nTO SECSTATE WASHDC 4567\n\nC O N F I D E N T I A L {post} {number}\n\n"
        f"E.O. 11652: GDS\nTAGS: PFOR\nSUBJECT: SNOW\n\n{text}\nRASSENDYLL\n\nCONFIDENTIAL\n\nNNNN\n\n"
        f"Message Attributes\n\nCapture Date: 01 JAN 1994\nDocument Number: 1975{post[:6]}{number:05d}\nFrom: {post}\n\n"
    )


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    """A zip file."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return made.getvalue()


def tarred(
    files: Mapping[str, str | bytes], mode: str = "w", *, special: Iterable[tarfile.TarInfo] = ()
) -> bytes:
    """A tar file; `special` members have no bytes."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in files.items():
            content = data if isinstance(data, bytes) else data.encode()
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
        for info in special:
            archive.addfile(info)
    return made.getvalue()


def run_import(project: Path, *dumps: str, dry_run: bool = False) -> ImportReport:
    """Import dumps of a project folder into its content/."""
    return import_dumps(
        [project / dump for dump in dumps], project / "content", lexicon=builtin_lexicon(), dry_run=dry_run
    )


def imported(project: Path) -> dict[str, FrontMatter]:
    """Every source in content/, by path."""
    content = project / "content"
    return {
        path.relative_to(content).as_posix(): split_front_matter(path.read_bytes().decode("utf-8"))
        for path in sorted(content.rglob("*"))
        if path.is_file()
    }


def the_one(project: Path) -> FrontMatter:
    """The only source in content/."""
    (source,) = imported(project).values()
    return source


def codes(report: ImportReport) -> dict[str, int]:
    """How many problems of each kind an import has told."""
    return {tally.code: tally.count for tally in report.problems}


def filed(report: ImportReport) -> dict[str, int]:
    """How many cables had each outcome, those that none had left out."""
    return {outcome: count for outcome, count in report.filed.items() if count}


def as_json(**fields: object) -> str:
    return json.dumps(fields, ensure_ascii=False)
