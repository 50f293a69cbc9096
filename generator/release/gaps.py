"""Takes paragraphs out of a cable and leaves a marked gap for each, the same whatever stood there.

All that could quote them goes too: the summary, what was told of the text, and the text as sent below the header. Line
numbers would tell how long a gap is, so that those of the body are counted anew.
"""

from collections.abc import Callable, Iterator, Sequence

from msgspec.structs import replace

from generator.release.cleared import MARK, WITHHELD_GAP
from generator.release.levels import highest_in_block, highest_mark_in, rank, rank_of_marking
from generator.telegram.cable import Block, Cable, Part

# Above the text, and written by no drafter.
_ENVELOPE = frozenset(
    (
        "transmission-id routing station security dtg from action info break weekday classification caption attention "
        "executive-order tags subject references classified-by"
    ).split()
)

Passage = Sequence[Block]  # a paragraph with all that belongs to it, a heading, or another block by itself


def without_paragraph(cable: Cable, number: int) -> tuple[Cable, int]:
    """The cable without the paragraphs of a number, and how many those are."""
    hidden = [blocks[0].number == number for blocks in _passages(cable.body)]
    if not any(hidden):
        return cable, 0
    return _with_gaps(cable, hidden, hides_subject=not _has_subject(cable)), sum(hidden)


def below_level(cable: Cable, highest: str) -> tuple[Cable | None, int]:
    """The cable without what lies above a level, and how many gaps that makes; None where nothing would be left.

    What has no mark takes the cable's level.
    """
    limit, own = rank(highest), rank(cable.classification)
    if own > rank("TOP SECRET"):
        return None, 0
    passages = list(_passages(cable.body))
    hidden = [_rank_of_passage(blocks, own) > limit for blocks in passages]
    words = [
        has_gap
        for has_gap, blocks in zip(hidden, passages, strict=True)
        if blocks[0].kind not in ("rule", "gap")
    ]
    if not words or all(words):
        return None, 0
    subject = rank_of_marking(cable.subject_marking) if cable.subject_marking else own
    hides_subject = subject > limit or (not _has_subject(cable) and any(hidden))
    envelope = [part for part in _envelope(cable) if part.kind != "subject"]
    if any(highest_mark_in(part.text) > limit for part in envelope):
        return None, 0
    if highest_mark_in(cable.subject or "") > limit:
        hides_subject = True
    return _with_gaps(cable, hidden, hides_subject=hides_subject), sum(hidden) + hides_subject


def _rank_of_passage(blocks: Passage, cable_rank: int) -> int:
    """The highest mark of a passage, which holds for all of it; where it has none, the cable's level."""
    if blocks[0].kind in ("rule", "gap"):
        return -1
    opening = blocks[0].marking
    own = rank_of_marking(opening) if opening else cable_rank
    return max(own, *map(highest_in_block, blocks))


def _passages(body: Sequence[Block]) -> Iterator[list[Block]]:
    passage: list[Block] = []
    for block in body:
        continues = (
            passage
            and passage[0].number is not None
            and block.number is None
            and block.kind not in ("heading", "rule", "gap")
        )
        if not continues and passage:
            yield passage
            passage = []
        passage = [*passage, block]
    if passage:
        yield passage


def _has_subject(cable: Cable) -> bool:
    """Whether the telegram names its subject; otherwise the first words of the text stand for it."""
    return any(part.kind == "subject" for part in cable.parts)


def _envelope(cable: Cable) -> Iterator[Part]:
    for part in cable.parts:
        if part.kind == "body":
            return
        if part.kind in _ENVELOPE:
            yield part


def _with_gaps(cable: Cable, hidden: Sequence[bool], *, hides_subject: bool) -> Cable:
    blocks: list[Block] = []
    for is_hidden, passage in zip(hidden, _passages(cable.body), strict=True):
        blocks.extend([_gap(passage[0])] if is_hidden else passage)
    count = _counter()
    parts = [
        replace(part, text=f"{MARK}\n") if part.kind == "subject" and hides_subject else part
        for part in _envelope(cable)
    ]
    parts = [replace(part, line=at) for at, part in enumerate(parts, start=1)]
    has_authority = any(part.kind == "classified-by" for part in parts)
    return replace(
        cable,
        subject=MARK if hides_subject and cable.subject else cable.subject,
        body=tuple(_renumbered(block, count) for block in blocks),
        summary=None,
        classified_by=cable.classified_by if has_authority else None,
        reasons=cable.reasons if has_authority else (),
        parts=(*parts, Part(kind="body", line=len(parts) + 1, text=f"{MARK}\n")),
        warnings=(),
    )


def _gap(opening: Block) -> Block:
    return Block(
        kind="gap",
        line=0,
        last_line=0,
        text=WITHHELD_GAP,
        number=opening.number,
        anchor=opening.anchor,
        marking=opening.marking,
    )


def _counter() -> Callable[[], int]:
    numbers = iter(range(1, 1 << 31))
    return lambda: next(numbers)


def _renumbered(block: Block, count: Callable[[], int]) -> Block:
    line = count()
    inner = tuple(_renumbered(one, count) for one in block.blocks)
    return replace(block, line=line, last_line=inner[-1].last_line if inner else line, blocks=inner)
