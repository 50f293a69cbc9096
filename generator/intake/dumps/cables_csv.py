"""The container `cables.csv`: one row a cable, eight columns, no heading line.

    row = number, created, id, origin, classification, references, header, message

Fields are quoted, a quotation mark in one is written with a backslash, and fields hold line ends. So a line that
begins with '"digits","' is always the first of a row: there a reader finds its way again behind a broken one. Rows
are read one after the other; memory does not grow with their number.

The csv module is not used: with backslashes as escapes it takes a mark that lacks its own for the end of the
quotation and says nothing, so that such a text would come out with marks lost and others won.
"""

import codecs
import re
from collections.abc import Iterable, Iterator

from generator.intake.decode import decode_unrepaired
from generator.intake.dumps.dates import read_date
from generator.intake.dumps.dumped_cable import DumpedCable, filled, join_blocks, without_null
from generator.intake.dumps.member import LARGEST_PIECE, Member
from generator.problem import Problem

_COLUMNS = 8
_EXCERPT = 100  # bytes of a broken row that are shown

_ROW_START = re.compile(rb'^"\d+",(?:"|\\N,)', re.MULTILINE)
_OPENING = re.compile(rb'(?:\xef\xbb\xbf)?\s*"\d+","\d{1,2}/\d{1,2}/\d{4}[^"]*","')

# A quoted field, or a word of the database such as \N; then a comma or the end.
_FIELD = re.compile(
    r'(?:"(?P<quoted>[^"\\]*+(?:\\.[^"\\]*+)*+)"|(?P<bare>[^",\n]*+))(?P<end>,|\Z)', re.DOTALL
)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)


def is_cables_csv(head: bytes, *, is_named_so: bool) -> bool:
    """Whether a file begins with a row of this container; in one that is named so, a row may come later."""
    return (_ROW_START.search(head) if is_named_so else _OPENING.match(head)) is not None


def read_cables_csv(member: Member) -> Iterator[DumpedCable | Problem]:
    """Each row as a cable, or as the problem that it is. Raises TooLargeError as `member` does."""
    line = 1
    for row in _rows(member.chunks()):
        if row.strip(b"\xef\xbb\xbf\r\n\t "):
            yield _read_row(row, member.name, line)
        line += row.count(b"\n")


def _rows(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Cut bytes at the beginnings of rows; nothing is dropped, also what stands before the first."""
    waiting = b""
    for chunk in chunks:
        waiting += chunk
        begun = 0
        for start in _ROW_START.finditer(waiting):
            if start.start():
                yield waiting[begun : start.start()]
                begun = start.start()
        waiting = waiting[begun:]
        if len(waiting) > LARGEST_PIECE:
            # Such a row is given out in pieces. A piece must end with a line, or the next would begin like one.
            cut = waiting.rfind(b"\n") + 1 or len(waiting) - 1
            yield waiting[:cut]
            waiting = waiting[cut:]
    if waiting:
        yield waiting


def _read_row(row: bytes, name: str, line: int) -> DumpedCable | Problem:
    if not _ROW_START.match(row.removeprefix(codecs.BOM_UTF8)):
        return _malformed(name, line, row, "no row begins here")
    fields = _fields(decode_unrepaired(row.replace(b"\x00", b"")).text.rstrip())
    if fields is None:
        return _malformed(name, line, row, "a quotation mark is missing, or lacks its backslash")
    if len(fields) != _COLUMNS:
        return _malformed(name, line, row, f"the row has {len(fields)} fields, not {_COLUMNS}")
    number, created, id_, origin, classification, references, *blocks = fields
    telegram = join_blocks(*(without_null(block) for block in blocks))
    source = f"{name}#{number}"
    if not telegram.strip():
        return Problem(
            code="no-text",
            severity="warning",
            source=name,
            line=line,
            message=f"the row of {id_ or number} holds no text",
            next_step="it was left out; look for the telegram in another dump",
        )
    date = read_date(without_null(created), "minute")
    return DumpedCable(
        source=source,
        text=telegram,
        source_id=without_null(id_) or None,
        created=date.day,
        fields=filled(
            {
                "created": date.text,
                "source_classification": without_null(classification),
                "source_origin": without_null(origin),
                "source_references": [cited for cited in without_null(references).split("|") if cited],
            }
        ),
    )


def _fields(row: str) -> list[str] | None:
    """The fields of a row; None where its quotation marks do not pair."""
    fields: list[str] = []
    position, end = 0, ","
    while end:
        found = _FIELD.match(row, position)
        if found is None:
            return None
        quoted = found["quoted"]
        if quoted is None:
            fields.append(without_null(found["bare"]))
        else:
            fields.append(_ESCAPE.sub(r"\1", quoted) if "\\" in quoted else quoted)
        position, end = found.end(), found["end"]
    return fields


def _malformed(name: str, line: int, row: bytes, message: str) -> Problem:
    return Problem(
        code="row-malformed",
        severity="error",
        source=name,
        line=line,
        excerpt=decode_unrepaired(row[:_EXCERPT].partition(b"\n")[0]).text.rstrip("\r"),
        message=message,
        next_step='the row was left out, and the work went on at the next line that begins with "digits","; mend the row',
    )
