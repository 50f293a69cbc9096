"""What `cablepress parse` prints: a cable as it was understood."""

from generator.problem import format_problem
from generator.render.words import counted, date_in_words, time_in_words
from generator.telegram.cable import Addressee, Cable

_LABEL = 15  # columns
_ADDRESSEES_SHOWN = 4


def describe_cable(cable: Cable) -> str:
    """A cable as a person reads it: the fields that were understood, then what was doubtful."""
    lines = [f"{cable.id or 'no reference id'}  {cable.subject or 'no subject'}"]

    def add(label: str, value: str | None) -> None:
        if value:
            lines.append(f"  {label:<{_LABEL}}{value}")

    date = date_in_words(cable.date, cable.date_precision)
    time = time_in_words(cable.date, cable.date_precision)
    add("date", f"{date}, {time}" if time else date)
    add("classification", " ".join(filter(None, [cable.classification, *cable.handling])))
    add("captions", ", ".join(cable.captions))
    add("precedence", cable.precedence)
    add("from", cable.origin)
    add("to", _names(cable.action))
    add("info", _names(cable.info))
    add("passing", "; ".join(cable.attention))
    add("order", " ".join(filter(None, [cable.executive_order, cable.declassification])))
    add("classified by", cable.classified_by)
    add("reasons", ", ".join(cable.reasons))
    add("TAGS", " ".join(tag.code for tag in cable.tags))
    for number, reference in enumerate(cable.references):
        label = f"{reference.label}. " if reference.label else ""
        known = f" = {reference.id}" if reference.id else ""
        add("refers to" if number == 0 else "", f"{label}{reference.text}{known}")
    add("sections", str(cable.sections) if cable.sections > 1 else None)
    numbers = [paragraph.number for paragraph in cable.paragraphs if paragraph.number is not None]
    headings = sum(block.kind == "heading" for block in cable.body)
    text = f"{counted(len(cable.paragraphs), 'paragraph')}"
    if len(numbers) > 1:
        text += f", numbered {numbers[0]} to {numbers[-1]}"
    add("text", f"{text}, {counted(headings, 'heading')}" if headings else text)
    add("signer", cable.signer)
    return "\n".join([*lines, *map(format_problem, cable.warnings)])


def _names(addressees: tuple[Addressee, ...]) -> str:
    names = [addressee.name for addressee in addressees[:_ADDRESSEES_SHOWN]]
    rest = len(addressees) - len(names)
    return ", ".join(names) + (f" and {rest} more" if rest else "")
