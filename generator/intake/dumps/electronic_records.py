"""Electronic records of 1973 to 1979: one or many telegrams in a text file, attributes below each.

    record = 'Message Text' text 'Message Attributes' attributes

A record begins at its 'Message Text'; where an export has dropped those lines, at the first page line behind the
attributes of the one before. The attributes stay in the text, since the parser knows them.
"""

import re
from collections.abc import Iterable, Iterator

from generator.intake.decode import decode_unrepaired
from generator.intake.dumps.dumped_cable import DumpedCable
from generator.intake.dumps.member import LARGEST_PIECE, Member, TooLargeError

_TEXT = re.compile(rb"\s*Message Text\s*")
_ATTRIBUTES = re.compile(rb"\s*Message Attributes\s*")
_FIRST_PAGE = re.compile(rb"\s*PAGE 01\s+\S")
_LEVEL = re.compile(rb"\s*+(?:UNCLASSIFIED|CONFIDENTIAL|SECRET|TOP SECRET|LIMITED OFFICIAL USE)?\s*+")
_DOCUMENT_NUMBER = re.compile(r"^[ \t]*Document Number:[ \t]*(\S+)", re.MULTILINE)

_HEADINGS = re.compile(
    rb"^[ \t]*(?:Message Text|Message Attributes|PAGE 01 {2,}\S.*\d{6}Z)[ \t]*\r?$", re.MULTILINE
)


def has_electronic_records(head: bytes) -> bool:
    """Whether a text begins with such a record."""
    return _HEADINGS.search(head) is not None


def read_electronic_records(member: Member) -> Iterator[DumpedCable]:
    """Each record as a cable. Raises TooLargeError as `member` does, and for one record of that size."""
    records = _records(_lines(member.chunks()))
    first = next(records, b"")
    second = next(records, None)
    if second is None:
        yield _cable(first, member.name, number=None)
        return
    yield _cable(first, member.name, number=1)
    yield _cable(second, member.name, number=2)
    for number, record in enumerate(records, start=3):
        yield _cable(record, member.name, number=number)


def _cable(record: bytes, name: str, *, number: int | None) -> DumpedCable:
    """One record; `number` is None where the file holds no other."""
    text = decode_unrepaired(record).text
    found = _DOCUMENT_NUMBER.search(text)
    document = found[1] if found else None
    source = name if number is None else f"{name}#{document or number}"
    return DumpedCable(source=source, text=text, source_id=document)


def _records(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Cut lines where records begin; blank lines and a level above the first page belong to what follows."""
    record: list[bytes] = []
    size = 0
    ahead = 0  # how many of the last lines may belong to the next record
    in_attributes = False
    is_begun = False
    for line in lines:
        begins = _TEXT.fullmatch(line) is not None
        is_first_page = _FIRST_PAGE.match(line) is not None
        if (begins and is_begun) or (is_first_page and in_attributes):
            kept = len(record) - (0 if begins else ahead)
            yield b"".join(record[:kept])
            record = record[kept:]
            size = sum(map(len, record))
            in_attributes = False
        is_begun = is_begun or begins or is_first_page
        in_attributes = in_attributes or _ATTRIBUTES.fullmatch(line) is not None
        ahead = ahead + 1 if _LEVEL.fullmatch(line) else 0
        record.append(line)
        size += len(line)
        if size > LARGEST_PIECE:
            raise TooLargeError
    if b"".join(record).strip():
        yield b"".join(record)


def _lines(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Lines with their ends."""
    rest = b""
    for chunk in chunks:
        *whole, rest = (rest + chunk).split(b"\n")
        for line in whole:
            yield line + b"\n"
        if len(rest) > LARGEST_PIECE:
            raise TooLargeError
    if rest:
        yield rest
