"""Telegrams as text files: as they were sent, or with what another site generator's Markdown has left in them.

A file may hold many, one below the other: each begins with its transmission identification. The sections of one
telegram begin so too, and stay together.
"""

import re
from collections.abc import Iterator, Mapping
from typing import cast

from generator.intake.decode import decode_unrepaired
from generator.intake.dumps.dumped_cable import DumpedCable, FieldValue
from generator.intake.front_matter import FrontMatter, split_front_matter
from generator.intake.read import without_fences
from generator.problem import Problem
from generator.telegram.parse import parse_cable
from generator.telegram.recognise import looks_like_telegram

# Files with one of these endings are texts that someone meant to keep; of any other, only telegrams are wanted.
_TEXTS = (".txt", ".cable")


# The beginning of a transmission; all that tells its id stands soon behind it.
_BEGINNING = re.compile(r"^VZCZC[A-Z]", re.MULTILINE)
_HEADERS = 12_000  # characters


def read_plain_text(data: bytes, name: str) -> Iterator[DumpedCable | Problem]:
    """The telegrams in a file, with the front matter that it has.

    A text file in which nothing of a telegram is found is kept as well; another file is a problem then.
    """
    front = split_front_matter(decode_unrepaired(data).text)
    is_text = name.lower().endswith(_TEXTS)
    text = front.text if is_text else without_fences(front.text)
    if not text.strip():
        yield _skip_problem("empty-member", name, "the file is empty", "it was left out")
        return
    if not is_text and not looks_like_telegram(text):
        next_step = "it was left out; give it the ending .txt if it is one"
        yield _skip_problem("no-telegram", name, "nothing of a telegram was found", next_step)
        return
    # Front matter is read as text, lists and mappings, which is what a FieldValue is.
    fields = cast(Mapping[str, FieldValue], front.fields)
    problems = (_front_matter_problem(front, name),) if front.fault else ()
    telegrams = list(_telegrams(text))
    for number, telegram in enumerate(telegrams, start=1):
        source = name if len(telegrams) == 1 else f"{name}#{number}"
        yield DumpedCable(
            source=source, text=telegram, fields=fields, problems=problems if number == 1 else ()
        )


def _telegrams(text: str) -> Iterator[str]:
    """Cut a text where a telegram with another id begins; without ids it stays whole."""
    starts = [found.start() for found in _BEGINNING.finditer(text)]
    begun, current = 0, None
    for start in starts if len(starts) > 1 else ():
        id_ = parse_cable(text[start : start + _HEADERS]).id
        if id_ is not None and current is not None and id_ != current:
            yield text[begun:start]
            begun = start
        current = id_ or current
    yield text[begun:]


def _skip_problem(code: str, name: str, message: str, next_step: str) -> Problem:
    return Problem(code=code, severity="info", source=name, message=message, next_step=next_step)


def _front_matter_problem(front: FrontMatter, name: str) -> Problem:
    meanwhile = "; it is held back as a draft, since it speaks of one" if front.fields else ""
    return Problem(
        code="front-matter",
        severity="warning",
        source=name,
        line=front.fault_line,
        message=front.fault,
        next_step=f"it was kept as part of the text{meanwhile}",
    )
