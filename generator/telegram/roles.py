"""Summary, comment and note: which blocks they span, and the words of the summary.

`SUMMARY:` opens one and `END SUMMARY` closes it, in the same paragraph or in a later one; half of all comments are
never closed. An unclosed one ends with its paragraph, or, opened by a heading, at the next heading.
"""

import re
from collections.abc import Sequence

from msgspec.structs import replace

from generator.telegram.cable import Block, Role, block_text

_WORD = r"(?P<word>SUMMARY|COMMENT|NOTE)"
_AND_MORE = r"(?:\s*(?:AND|&|/)\s*[A-Z ]{3,30}?)?"
_OPENING = re.compile(
    rf"\(?(?:BEGIN\s+)?(?:EXECUTIVE\s+|POST\s+|EMBASSY\s+)?{_WORD}{_AND_MORE}\s*(?:[:.]|--?(?=\s)|\Z)\s*",
    re.IGNORECASE,
)
_BEGIN = re.compile(rf"\(?BEGIN\s+{_WORD}\b[.:]?\s*", re.IGNORECASE)
# In capitals: what it looks through is made so, which is far faster than to ignore case.
_CLOSING = re.compile(rf"END\s+(?:OF\s+)?{_WORD}(?:\s+AND\s+[A-Z]+)?\b")

# What the words that open a summary, comment or note begin with.
_OPENING_STARTS = frozenset("(BEPSCNbepscn")


def assign_roles(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks, those of a summary, comment or note told so."""
    told = list(blocks)
    stop = 0
    has_summary = False
    for index, block in enumerate(blocks):
        if index < stop or (role := _opened_by(block)) is None:
            continue
        stop = _span(blocks, index, role)
        _tell(told, index, stop, role)
        has_summary |= role == "summary"
    if not has_summary:
        _open_headless_summary(told)
    return tuple(told)


def _tell(blocks: list[Block], start: int, stop: int, role: Role) -> None:
    """Give blocks[start:stop] a role."""
    for index in range(start, stop):
        blocks[index] = replace(blocks[index], role=role)


def summary_of(blocks: Sequence[Block]) -> str | None:
    """The text of the summary without its markers; None when there is none."""
    texts = [
        block_text(block)
        for block in blocks
        if block.role == "summary" and not (block.kind == "heading" and _opened_by(block))
    ]
    if not texts:
        return None
    text = "\n\n".join(texts)
    if opening := _OPENING.match(text):
        text = text[opening.end() :]
    if closings := _closings(text):
        text = text[: closings[0][0]]
    return text.strip(" -") or None


def _role_of(word: str) -> Role:
    match word.upper():
        case "SUMMARY":
            return "summary"
        case "COMMENT":
            return "comment"
        case _:
            return "note"


def _opened_by(block: Block) -> Role | None:
    """The role that a block's first words open."""
    if block.text[:1] not in _OPENING_STARTS or block.kind not in ("heading", "paragraph"):
        return None
    found = _OPENING.match(block.text) or _BEGIN.match(block.text)
    return _role_of(found["word"]) if found else None


def _closes(block: Block, role: Role) -> bool:
    return any(closed == role for _, closed in _closings(block_text(block)))


def _closings(text: str) -> Sequence[tuple[int, Role]]:
    """Where closing markers begin, and what each closes."""
    upper = text.upper()
    if "END" not in upper:
        return ()
    if len(upper) != len(text):
        upper = text  # capitals of some letters are longer; then only a marker in capitals is seen
    return [
        (start - (upper[start - 1 : start] == "("), _role_of(found["word"]))
        for found in _CLOSING.finditer(upper)
        if not (start := found.start()) or not upper[start - 1].isalnum()
    ]


def _span(blocks: Sequence[Block], start: int, role: Role) -> int:
    """The index behind the last block of a role opened at blocks[start]."""
    opener = blocks[start]
    if _closes(opener, role):
        return start + 1
    next_heading = len(blocks)
    for index in range(start + 1, len(blocks)):
        if blocks[index].kind == "heading":
            next_heading = index
            break
        if _closes(blocks[index], role):
            return index + 1
    if opener.kind == "heading":
        return next_heading
    for index in range(start + 1, next_heading):
        if blocks[index].number is not None or blocks[index].kind == "rule":
            return index
    return next_heading


def _open_headless_summary(blocks: list[Block]) -> None:
    """'END SUMMARY' without a beginning: the text up to there is the summary."""
    for index, block in enumerate(blocks):
        if _closes(block, "summary"):
            paragraphs = [at for at in range(index + 1) if blocks[at].kind == "paragraph"] or [index]
            first = next((at for at in paragraphs if blocks[at].number is not None), paragraphs[0])
            _tell(blocks, first, index + 1, "summary")
            return
