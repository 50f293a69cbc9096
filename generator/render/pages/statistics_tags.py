"""Statistics of TAGS: which codes rose and which fell from the first years of the archive to the last."""

from collections.abc import Iterator

from msgspec import Struct

from generator.archive.address import STATISTICS, facet_address, relative
from generator.archive.statistics import FEWEST_OF_TAG, Change, TagChange
from generator.lexicon import Lexicon
from generator.render.pages.figures import FigureRow, FigureTable
from generator.render.pictures.share_line import ShareLine, make_share_line, share_in_words
from generator.render.words import counted, period_in_words, shortened

_MEANING = 48  # letters

_THIRDS = "about the first and the last third of those with a date"
_HALVES = "all of those with a date"


class TagLine(Struct, frozen=True, kw_only=True):
    """A TAGS code that rose or fell."""

    code: str
    href: str
    meaning: str
    line: ShareLine
    counts: str  # '3 of 24, then 12 of 30'


class TagLines(Struct, frozen=True, kw_only=True):
    """The codes that rose, or those that fell."""

    title: str
    lines: tuple[TagLine, ...]


class ByTag(Struct, frozen=True, kw_only=True):
    """TAGS that rise and fall."""

    says: str
    notes: tuple[str, ...]
    groups: tuple[TagLines, ...]
    table: FigureTable


def by_tag(found: Change, lexicon: Lexicon) -> ByTag | None:
    """What rose and fell; None where nothing did."""
    every = (*found.rose, *found.fell)
    if not every:
        return None
    most = max(
        share for tag in every for share in (tag.first / found.first_count, tag.last / found.last_count)
    )
    groups = (
        TagLines(title="Rose", lines=tuple(_tag_line(tag, found, most, lexicon) for tag in found.rose)),
        TagLines(title="Fell", lines=tuple(_tag_line(tag, found, most, lexicon) for tag in found.fell)),
    )
    first, last = _span(*found.first), _span(*found.last)
    return ByTag(
        says=" ".join(_moves(found, first, last)),
        notes=(
            f"Compared are the {counted(found.first_count, 'cable')} of {first} and the "
            f"{found.last_count:,} of {last}: {_HALVES if found.is_halved else _THIRDS}. Codes of fewer than "
            f"{FEWEST_OF_TAG} of these are left out, as are changes of less than a percentage point; what few cables have may "
            "rise or fall by chance.",
        ),
        groups=tuple(group for group in groups if group.lines),
        table=FigureTable(
            caption="Share of the cables with a TAGS code",
            heads=("Code", f"Cables, {first}", "Share", f"Cables, {last}", "Share"),
            rows=tuple(_tag_row(tag, found) for tag in every),
        ),
    )


def _moves(found: Change, first: str, last: str) -> Iterator[str]:
    """Which code rose most, and which fell most."""
    for tags, verb in ((found.rose, "rose"), (found.fell, "fell")):
        if tags:
            tag = tags[0]
            then = share_in_words(tag.first, found.first_count)
            now = share_in_words(tag.last, found.last_count)
            yield f"{tag.code} {verb} most, from {then} of the cables of {first} to {now} of those of {last}."


def _tag_line(tag: TagChange, found: Change, most: float, lexicon: Lexicon) -> TagLine:
    return TagLine(
        code=tag.code,
        href=_tag_href(tag),
        meaning=shortened(lexicon.tag_name(tag.code) or "", _MEANING),
        line=make_share_line((tag.first, found.first_count), (tag.last, found.last_count), most),
        counts=f"{tag.first:,} of {found.first_count:,}, then {tag.last:,} of {found.last_count:,}",
    )


def _tag_row(tag: TagChange, found: Change) -> FigureRow:
    return FigureRow(
        label=tag.code,
        href=_tag_href(tag),
        cells=(
            f"{tag.first:,}",
            share_in_words(tag.first, found.first_count),
            f"{tag.last:,}",
            share_in_words(tag.last, found.last_count),
        ),
    )


def _tag_href(tag: TagChange) -> str:
    return relative(STATISTICS, facet_address("tag", tag.code))


def _span(first: str, last: str) -> str:
    """'2008', '1966 to 1984'."""
    return " to ".join(dict.fromkeys(period_in_words(period) for period in (first, last)))
