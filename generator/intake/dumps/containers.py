"""Which container a member of a dump is, by its content first and then by its name; and the cables in it."""

import codecs
from collections.abc import Iterator

from generator.intake.decode import decode_unrepaired, is_binary
from generator.intake.dumps.archive_metadata import read_metadata_json, read_metadata_page
from generator.intake.dumps.cables_csv import is_cables_csv, read_cables_csv
from generator.intake.dumps.dumped_cable import DumpedCable
from generator.intake.dumps.electronic_records import has_electronic_records, read_electronic_records
from generator.intake.dumps.member import (
    DAMAGED,
    LARGEST_MEMBER,
    LARGEST_PIECE,
    Member,
    TooLargeError,
    damaged,
    unreadable_dump,
)
from generator.intake.dumps.page_2010 import is_page_2010, read_page_2010
from generator.intake.dumps.plain_text import read_plain_text
from generator.problem import Problem

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

_ARCHIVES = (b"PK\x03\x04", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00", b"7z\xbc\xaf\x27\x1c", b"Rar!")
_TAR_MARK = slice(257, 262)  # where a tar file says 'ustar'

_PAGE_OPENINGS = (b"<!doctype html", b"<html", b"<head", b"<title")
_PAGE_NAMES = (".html", ".htm", ".xhtml")
_LOOKED_AT = 2000  # bytes, for the opening of a page

# Files that belong to a web site around its pages, whatever they hold.
_SURROUNDINGS = (".css", ".js", ".svg", ".xml", ".sql", ".map")


def read_member(member: Member) -> Iterator[DumpedCable | Problem]:
    """The cables of a member, each a value of its own; what cannot be one is a problem."""
    try:
        yield from _read(member)
    except TooLargeError:
        yield Problem(
            code="too-large",
            severity="error",
            source=member.name,
            message=(
                f"it is larger than {LARGEST_PIECE // 1024**2} MB in one piece, "
                f"or than {LARGEST_MEMBER // 1024**3} GB in all"
            ),
            next_step="the rest of it was left out; cut it into smaller files",
        )
    except DAMAGED as error:
        yield damaged(member.name, str(error))
    except OSError as error:
        yield unreadable_dump(member.name, error)


def _read(member: Member) -> Iterator[DumpedCable | Problem]:
    head, name = member.head, member.name.lower()
    if _is_archive(head):
        yield _problem(
            "archive-in-archive",
            member,
            "it is an archive inside an archive, or of an unknown kind",
            "unpack it, and import what it holds",
        )
    elif is_binary(head):
        yield _skip_problem("not-text", member, "the file holds bytes that are no text")
    elif is_cables_csv(head, is_named_so=name.endswith(".csv")):
        yield from read_cables_csv(member)
    elif head.lstrip(codecs.BOM_UTF8 + b" \t\r\n").startswith((b"{", b"[")) and name.endswith(
        (".json", ".jsonl")
    ):
        yield from read_metadata_json(member.whole(), member.name)
    elif _is_page(head, name):
        yield _read_page(member)
    elif name.endswith(".csv"):
        yield _problem(
            "csv-unknown",
            member,
            "its rows are not those of cables.csv",
            'it was left out; a row must begin with "number","month/day/year hour:minute","id" and have eight fields',
        )
    elif name.endswith(_SURROUNDINGS):
        yield _skip_problem("no-telegram", member, "files of this kind hold no telegrams that could be read")
    elif has_electronic_records(head) and not head.startswith(_UTF16):
        yield from read_electronic_records(member)
    else:
        yield from read_plain_text(member.whole(), member.name)


def _is_archive(head: bytes) -> bool:
    """Whether bytes begin like an archive or a compressed file."""
    return head.startswith(_ARCHIVES) or head[_TAR_MARK] == b"ustar"


def _is_page(head: bytes, name: str) -> bool:
    opening = head[:_LOOKED_AT].lower()
    return name.endswith(_PAGE_NAMES) or any(tag in opening for tag in _PAGE_OPENINGS)


def _read_page(member: Member) -> DumpedCable | Problem:
    data = member.whole()
    if is_page_2010(decode_unrepaired(data).text):
        return read_page_2010(data, member.name)
    found = read_metadata_page(data, member.name)
    return found or _skip_problem("page-without-cable", member, "the page is not that of a cable")


def _problem(code: str, member: Member, message: str, next_step: str) -> Problem:
    return Problem(code=code, severity="warning", source=member.name, message=message, next_step=next_step)


def _skip_problem(code: str, member: Member, message: str) -> Problem:
    """What every dump has beside its telegrams."""
    return Problem(
        code=code, severity="info", source=member.name, message=message, next_step="it was left out"
    )
