"""What of a telegram's truth the parser missed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from truth.form import UNSURE, AnyOf
from truth.telegram import Telegram

from generator import parse_cable
from generator.intake.decode import decode, decode_entities

FIELDS = (
    "id", "year", "post", "serial", "origin", "date", "date_precision", "classification", "handling", "captions",
    "precedence", "message_id", "action", "info", "attention", "executive_order", "declassify_on", "classified_by",
    "reasons", "tags", "subject", "references", "sections", "signer", "summary", "paragraphs", "body", "warnings", "kept",
)  # fmt: skip


# A Problem may point at the line beside: a filing time that differs is told at the date-time group.
NEAR = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """A field that was not read as it is meant."""

    field: str
    form: str  # which form decided the field
    expected: Any
    found: Any
    telegram: Telegram


def find_misses(telegram: Telegram) -> list[Miss]:
    """Parse the telegram, and compare each field with the truth."""
    text, _ = decode_entities(decode(telegram.text.encode()).text)  # as an archive's files are read
    cable = parse_cable(text, source=telegram.source)
    found = cable.to_dict()
    misses = [*_plain_fields(telegram, found), *_body(telegram, found), *_warnings(telegram, found)]
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(part.text for part in cable.parts)
    if kept != unified:
        misses.append(_miss(telegram, "kept", telegram.era, unified, kept))
    return misses


def _miss(telegram: Telegram, field: str, form: str, expected: Any, found: Any) -> Miss:
    return Miss(field=field, form=form, expected=expected, found=found, telegram=telegram)


def _plain_fields(telegram: Telegram, found: Mapping[str, Any]) -> Iterator[Miss]:
    for field in FIELDS:
        if field in ("paragraphs", "body", "warnings", "kept"):
            continue
        expected = telegram.truth[field]
        if not agrees(expected, found[field]):
            yield _miss(telegram, field, telegram.owners.get(field, telegram.era), expected, found[field])


def agrees(expected: Any, found: Any) -> bool:
    """Whether a reading is right; no-break blanks count as blanks."""
    if expected is UNSURE:
        return True
    if isinstance(expected, AnyOf):
        return any(agrees(value, found) for value in expected.values)
    if isinstance(expected, str) and isinstance(found, str):
        return expected.replace("\u00a0", " ") == found.replace("\u00a0", " ")
    if isinstance(expected, Mapping) and isinstance(found, Mapping):
        return all(agrees(value, found.get(key)) for key, value in expected.items())
    if isinstance(expected, Sequence) and isinstance(found, Sequence) and not isinstance(expected, str):
        return len(expected) == len(found) and all(map(agrees, expected, found))
    return bool(expected == found)


def _body(telegram: Telegram, found: Mapping[str, Any]) -> Iterator[Miss]:
    expected = telegram.truth["body"]
    if expected is UNSURE:
        return
    blocks = found["body"]
    if telegram.attributes and blocks and blocks[-1]["kind"] == "verbatim":
        blocks = blocks[:-1]
    if (at := _first_difference(expected, blocks)) is not None:
        yield _miss(telegram, "body", _form_at(telegram, at), expected[at : at + 2], blocks[at : at + 2])
    pairs = list(_paragraphs(expected))
    if expected and all(block.get("number") is None for block in expected) and len(pairs) != len(expected):
        return  # without numbers only the drafter knows which list belongs to which paragraph
    paragraphs = [paragraph for _, paragraph in pairs]
    if (at := _first_difference(paragraphs, found["paragraphs"])) is not None:
        block = pairs[at][0] if at < len(pairs) else len(expected) - 1
        window = slice(at, at + 2)
        yield _miss(
            telegram, "paragraphs", _form_at(telegram, block), paragraphs[window], found["paragraphs"][window]
        )


def _form_at(telegram: Telegram, at: int) -> str:
    """The form that wrote a block; the body's last one where there are too many blocks."""
    return telegram.block_forms[min(at, len(telegram.block_forms) - 1)]


def _first_difference(expected: Sequence[Any], found: Sequence[Any]) -> int | None:
    for at in range(max(len(expected), len(found))):
        if at >= len(expected) or at >= len(found) or not agrees(expected[at], found[at]):
            return at
    return None


def _paragraphs(blocks: Sequence[Mapping[str, Any]]) -> Iterator[tuple[int, dict[str, Any]]]:
    """The paragraphs that blocks make, each with the index of the block that opens it.

    A number gathers what follows it up to the next number, heading or rule; unnumbered text stands for itself.
    """
    opened: dict[str, Any] | None = None
    start = 0
    for at, block in enumerate(blocks):
        number = block.get("number")
        if block["kind"] in ("heading", "rule") and number is None:
            if opened:
                yield start, opened
            opened = None
            continue
        words = _text(block)
        if opened and opened["number"] is not None and number is None and block["kind"] != "heading":
            opened["text"] = _with(opened["text"], words)
            continue
        if opened:
            yield start, opened
        opened, start = {"number": number, "marking": block.get("marking"), "text": words}, at
    if opened:
        yield start, opened


def _with(text: Any, words: Any) -> Any:
    """A paragraph's text and what follows; AnyOf what the text may be."""
    if isinstance(text, AnyOf):
        return AnyOf(tuple(_with(value, words) for value in text.values))
    return f"{text}\n\n{words}"


def _text(block: Mapping[str, Any]) -> Any:
    if block["kind"] == "list":
        return "\n".join(f"{'  ' * item['level']}{item['marker']} {item['text']}" for item in block["items"])
    if block["kind"] == "quote":
        opening, _, closing = block["text"].partition("\n")
        return "\n\n".join([opening, *map(_text, block["blocks"]), closing])
    return block.get("text", "")


def _warnings(telegram: Telegram, found: Mapping[str, Any]) -> Iterator[Miss]:
    """What must be told and is not; what is warned of though nothing is wrong there."""
    warnings = found["warnings"]
    for span in telegram.spans:
        near = [
            warning
            for warning in warnings
            if not span.first
            or warning["line"] is None
            or span.first - NEAR <= warning["line"] <= span.last + NEAR
        ]
        if span.told is True and not near:
            yield _miss(telegram, "warnings", span.form, "something told of it", warnings)
        inside = [
            warning
            for warning in warnings
            if warning["severity"] != "info" and span.first <= (warning["line"] or -1) <= span.last
        ]
        if span.told is False and inside:
            yield _miss(telegram, "warnings", span.form, "no warning", inside)
    if all(span.told is False for span in telegram.spans):
        general = [w for w in warnings if w["severity"] != "info" and w["line"] is None]
        if general:
            yield _miss(telegram, "warnings", telegram.era, "no warning", general)
