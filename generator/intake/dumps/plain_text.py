"""Telegrams as text files: as they were sent, or with what another site generator's Markdown has left in them."""

from collections.abc import Mapping
from typing import cast

from generator.intake.decode import decode_unrepaired
from generator.intake.dumps.dumped_cable import DumpedCable, FieldValue
from generator.intake.front_matter import split_front_matter
from generator.intake.read import without_fences
from generator.problem import Problem
from generator.telegram.recognise import looks_like_telegram

# Files with one of these endings are texts that someone meant to keep; of any other, only telegrams are wanted.
_TEXTS = (".txt", ".cable")


def read_plain_text(data: bytes, name: str) -> DumpedCable | Problem:
    """The telegram in a file, with the front matter that it has.

    A text file in which nothing of a telegram is found is kept as well; another file is a problem then.
    """
    front = split_front_matter(decode_unrepaired(data).text)
    is_text = name.lower().endswith(_TEXTS)
    text = front.text if is_text else without_fences(front.text)
    if not text.strip():
        return Problem(
            code="empty",
            severity="info",
            source=name,
            message="the file is empty",
            next_step="it was left out",
        )
    if not is_text and not looks_like_telegram(text):
        return Problem(
            code="no-telegram",
            severity="info",
            source=name,
            message="nothing of a telegram was found",
            next_step="it was left out; give it the ending .txt if it is one",
        )
    problems: tuple[Problem, ...] = ()
    if front.fault:
        meanwhile = "; it is held back as a draft, since it speaks of one" if front.fields else ""
        problems = (
            Problem(
                code="front-matter",
                severity="warning",
                source=name,
                line=front.fault_line,
                message=front.fault,
                next_step=f"it was kept as part of the text{meanwhile}",
            ),
        )
    # Front matter is read as text, lists and mappings, which is what a FieldValue is.
    fields = cast(Mapping[str, FieldValue], front.fields)
    return DumpedCable(source=name, text=text, fields=fields, problems=problems)
