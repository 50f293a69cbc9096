"""The index pages of facets: all TAGS, posts, levels or years of an archive, by name; TAGS and posts also by count."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from generator.archive.address import Facet, index_address, relative
from generator.archive.catalogue import Catalogue, FacetCount, by_count
from generator.lexicon import Lexicon
from generator.lexicon.lexicon import TagKind
from generator.render.frame import FACET_TITLES, Frame, Link, make_frame
from generator.render.pages.values import CountLine, count_line, tag_kind
from generator.render.pictures.histogram import Histogram, lead_to_dates, make_histogram
from generator.settings import Settings

BY_COUNT = "by-count"

# The orders in which the values of a facet are listed, each on a page of its own.
ORDERS: dict[Facet, dict[str, str]] = {
    "tag": {"": "By name", BY_COUNT: "By number of cables"},
    "origin": {"": "By name", BY_COUNT: "By number of cables"},
    "date": {"": ""},
    "classification": {"": ""},
}

_TAG_KINDS: dict[TagKind, str] = {
    "subject": "Subjects",
    "program": "Programs",
    "geographic": "Countries and regions",
    "organization": "Organizations and names",
}

_INTRODUCTIONS: dict[Facet, str] = {
    "tag": "TAGS (Traffic Analysis by Geography and Subject) are the codes by which a drafter files a telegram.",
    "date": "Cables by the year and month in which they were sent, by Coordinated Universal Time.",
    "origin": "The posts from which cables were sent.",
    "classification": "How secret each cable was when it was sent.",
}

# More values than this have a bar of letters.
_MANY = 60
_MOST_BY_COUNT = 500


class OrderLink(Struct, frozen=True, kw_only=True):
    """An order in which an index is shown, as a page leads to it."""

    href: str
    label: str
    is_here: bool


class CountGroup(Struct, frozen=True, kw_only=True):
    """Values of one sort under a heading; '' for no heading."""

    title: str
    letters: tuple[Link, ...]  # to the first value of each letter; none for few values
    lines: tuple[CountLine, ...]


class IndexPage(Struct, frozen=True, kw_only=True):
    """What `index.html` of a facet receives as `page`."""

    title: str
    introduction: str
    orders: tuple[OrderLink, ...]  # none where there is but one
    groups: tuple[CountGroup, ...]
    more: str  # '20 more by name', '' where all are listed
    histogram: Histogram | None


def make_index_page(
    facet: Facet, order: str, catalogue: Catalogue, lexicon: Lexicon, settings: Settings
) -> tuple[str, Frame, IndexPage]:
    """Address, frame and value of an index page; `order` is one of ORDERS."""
    here = index_address(facet, order)
    title = FACET_TITLES[facet]
    values = list(catalogue.values(facet))
    if order == BY_COUNT:
        first = by_count(values)[:_MOST_BY_COUNT]
        groups = [_group(facet, here, "", first, lexicon, letters=False)] if first else []
    else:
        first = values
        groups = [*_groups(facet, here, values, lexicon)]
    orders = ORDERS[facet]
    page = IndexPage(
        title=title,
        introduction=_INTRODUCTIONS[facet],
        orders=tuple(
            OrderLink(href=relative(here, index_address(facet, other)), label=label, is_here=other == order)
            for other, label in (orders.items() if len(orders) > 1 else ())
        ),
        groups=tuple(groups),
        more=f"{len(values) - len(first):,} more stand in the list by name."
        if len(first) < len(values)
        else "",
        histogram=make_histogram(catalogue.months_of_all(), lead_to_dates(here)) if facet == "date" else None,
    )
    trail = (Link(href=relative(here, index_address(facet)), label=title),) if order else ()
    name = f"{title}, {orders[order].lower()}" if order else title
    frame = make_frame(
        settings,
        here,
        name,
        description=_INTRODUCTIONS[facet],
        trail=trail,
        here=orders[order] if order else "",
    )
    return here, frame, page


def by_level(values: Sequence[FacetCount], lexicon: Lexicon) -> list[FacetCount]:
    """Levels from the lowest up; unknown ones last."""
    order = list(lexicon.classifications)
    return sorted(values, key=lambda value: order.index(value.value) if value.value in order else len(order))


def _groups(facet: Facet, here: str, values: Sequence[FacetCount], lexicon: Lexicon) -> Iterator[CountGroup]:
    """All values by name, TAGS by their kind and levels from the lowest up."""
    if facet == "tag":
        for kind, title in _TAG_KINDS.items():
            of_kind = [value for value in values if tag_kind(value.value, lexicon) == kind]
            if of_kind:
                yield _group(facet, here, title, of_kind, lexicon, letters=len(values) > _MANY)
    elif facet == "classification":
        if values:
            yield _group(facet, here, "", by_level(values, lexicon), lexicon, letters=False)
    elif values:
        many = len(values) > _MANY and facet != "date"
        yield _group(facet, here, "", values, lexicon, letters=many)


def _group(
    facet: Facet, here: str, title: str, values: Sequence[FacetCount], lexicon: Lexicon, *, letters: bool
) -> CountGroup:
    """Some values under a heading; with letters, the first of each letter can be linked at."""
    firsts: dict[str, str] = {}  # the first value of each letter
    if letters:
        for value in values:
            firsts.setdefault(_letter(value.value), value.value)
    anchors = {value: _anchor(title, letter) for letter, value in firsts.items()}
    return CountGroup(
        title=title,
        letters=tuple(
            Link(href=f"#{_anchor(title, letter)}", label=letter, title=f"{title}: {letter}" if title else "")
            for letter in firsts
        ),
        lines=tuple(
            count_line(facet, here, value, lexicon, anchor=anchors.get(value.value, "")) for value in values
        ),
    )


def _letter(value: str) -> str:
    """The letter under which a value stands; 'Other' for what begins with none."""
    return value[0] if "A" <= value[:1] <= "Z" else "Other"


def _anchor(title: str, letter: str) -> str:
    """'subjects-P', 'P'."""
    sort = f"{title.partition(' ')[0].lower()}-" if title else ""
    return f"{sort}{letter}"
