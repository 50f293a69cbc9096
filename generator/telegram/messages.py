"""The messages of a text: one source may hold several telegrams, or the sections of one as they were sent.

A message begins with its own transmission header or, where a copy has lost that, with its classification line; the
fields of a message header must follow, since telegrams quote one another. What has the same message number is one
telegram, its sections put in order; another number is another telegram.
"""

import re
from collections.abc import Iterator

import msgspec
from msgspec.structs import replace

from generator.lexicon import Lexicon, builtin_lexicon
from generator.problem import Problem
from generator.telegram.cable import Cable
from generator.telegram.classification import LONGEST, ClassificationLine, parse_classification_line
from generator.telegram.message_number import MessageNumber
from generator.telegram.parse import parse_cable
from generator.telegram.source_text import SourceText, read_lines
from generator.telegram.transmission import is_transmission_line, message_header_follows

# A second message shows at least one of these a second time. The line end in front, which is a plain character, is what
# makes the search quick.
_HEADS = re.compile(r"\n[ \t]*(VZCZC|FM |TAGS|SUBJ|Subj|E\.?O\.? ?\d)")


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """A telegram as it stands in a source."""

    text: str
    first_line: int  # 1-based, in the source
    is_reordered: bool = False  # its sections stood in another order


class _Piece(msgspec.Struct, frozen=True, kw_only=True):
    first: int  # index of its first line
    stop: int
    line: ClassificationLine | None


def parse_messages(
    text: str, *, source: str = "<string>", first_line: int = 1, lexicon: Lexicon | None = None
) -> Iterator[Cable]:
    """Read every telegram of a source; the second is called 'SOURCE#2', and so on.

    Arguments are those of `parse_cable`, which reads a text as one telegram.
    """
    lexicon = lexicon or builtin_lexicon()
    messages = split_messages(text, lexicon)
    for number, message in enumerate(messages, start=1):
        name = source if number == 1 else f"{source}#{number}"
        line = first_line + message.first_line - 1
        cable = parse_cable(message.text, source=name, first_line=line, lexicon=lexicon)
        told = list(_remarks(message, name, line, len(messages) if number == 1 else 1))
        yield replace(cable, warnings=(*told, *cable.warnings)) if told else cable


def _remarks(message: Message, name: str, line: int, messages: int) -> Iterator[Problem]:
    if messages > 1:
        yield Problem(
            code="several-messages",
            severity="info",
            source=name,
            message=f"the file holds {messages} telegrams",
            next_step="each is published as a cable of its own",
        )
    if message.is_reordered:
        yield Problem(
            code="sections-reordered",
            severity="info",
            source=name,
            line=line,
            message="the sections stood in another order and were put right",
        )


def split_messages(text: str, lexicon: Lexicon) -> tuple[Message, ...]:
    """The telegrams of a source in order; one, the whole source, where no second one is found."""
    heads = _HEADS.findall(f"\n{text}")
    if len(heads) == len(set(heads)):
        return (Message(text=text, first_line=1),)
    lines = read_lines(text)
    pieces = list(_pieces(lines, lexicon))
    return tuple(_message(lines, together) for together in _of_one_number(pieces))


def _pieces(lines: SourceText, lexicon: Lexicon) -> Iterator[_Piece]:
    """The runs of lines that each begin with a header of their own; the first begins with the source."""
    first, current = 0, None
    for index, line in enumerate(lines.lines):
        if not line or len(line) > LONGEST or not line[-1].isdigit():
            continue
        found = parse_classification_line(line, lexicon)
        if found is None or found.number is None or not message_header_follows(lines, index + 1):
            continue
        if current is None:
            current = found
            continue
        start = _start_of_header(lines, index, first)
        yield _Piece(first=first, stop=start, line=current)
        first, current = start, found
    yield _Piece(first=first, stop=len(lines.lines), line=current)


def _start_of_header(lines: SourceText, index: int, first: int) -> int:
    """Index of the first line of the transmission header above a classification line, blank lines not counted."""
    start = index
    while index > first + 1 and (not lines.lines[index - 1] or is_transmission_line(lines.lines[index - 1])):
        index -= 1
        if lines.lines[index]:
            start = index
    return start


def _of_one_number(pieces: list[_Piece]) -> list[list[_Piece]]:
    """The pieces of each telegram, in the order of the source; a section that comes again opens another copy."""
    telegrams: list[list[_Piece]] = []
    latest: dict[MessageNumber | None, list[_Piece]] = {}
    for piece in pieces:
        number = piece.line.number if piece.line else None
        copy = latest.get(number)
        if copy is None or any(_section(other) == _section(piece) for other in copy):
            copy = latest[number] = []
            telegrams.append(copy)
        copy.append(piece)
    return telegrams


def _section(piece: _Piece) -> int:
    return piece.line.section if piece.line else 1


def _message(lines: SourceText, pieces: list[_Piece]) -> Message:
    ordered = sorted(pieces, key=_section)
    texts = [lines.raw_text(piece.first, piece.stop) for piece in ordered]
    return Message(
        text="".join(text if text.endswith("\n") else text + "\n" for text in texts[:-1]) + texts[-1],
        first_line=lines.line_number(ordered[0].first),
        is_reordered=ordered != pieces,
    )
