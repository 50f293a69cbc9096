"""Feeds: Atom, as RFC 4287 has it, of the cables of a list that came last.

A feed is made for programs; `feeds.html` tells people what it is. What a cable says is text in it and never markup, so that no
reader's program has anything to run.
"""

from collections.abc import Iterable, Iterator

from generator.archive.address import (
    FEED,
    FEED_STYLESHEET,
    HOME,
    Facet,
    facet_address,
    index_address,
    relative,
)
from generator.archive.catalogue import Catalogue
from generator.archive.feeds import WITH_FEEDS, FeedList, FeedRow, feed_rows
from generator.lexicon import Lexicon
from generator.render.pages.values import value_label, value_meaning
from generator.render.public import public_address
from generator.render.words import date_of_row_in_words, shortened
from generator.render.xml import DECLARATION, xml_text
from generator.settings import Settings

CABLE_KIND = "cable"

_SUBJECT = 200  # letters; a cable's own page has all of it
# That of a feed without cables; there must be one.
_NEVER = "1970-01-01T00:00:00Z"


def has_feeds(settings: Settings) -> bool:
    """Whether the site has feeds: they need full addresses, and cables that may be told of."""
    return settings.site_url is not None and settings.feeds.enabled and not settings.robots.hides(CABLE_KIND)


def facets_with_feeds(settings: Settings) -> tuple[Facet, ...]:
    """The facets whose values have feeds; none of those that search engines are not to list."""
    if not has_feeds(settings):
        return ()
    return tuple(facet for facet in WITH_FEEDS if not settings.robots.hides(facet))


def make_list_feed(of: FeedList, catalogue: Catalogue, lexicon: Lexicon, settings: Settings) -> str:
    """The feed of a list."""
    title = settings.title
    page = HOME
    if of.facet is not None:
        page = facet_address(of.facet, of.value)
        label = value_label(of.facet, of.value, lexicon)
        meaning = value_meaning(of.facet, of.value, lexicon)
        title = f"{label}, {meaning} · {title}" if meaning else f"{label} · {title}"
    rows = feed_rows(catalogue.db, of, settings.feeds.entries)
    return make_feed(title, of.address, page, rows, lexicon, settings)


def make_feed(
    title: str, address: str, page: str, rows: Iterable[FeedRow], lexicon: Lexicon, settings: Settings
) -> str:
    """A feed at an address, of some cables, the newest first; `page` is what shows the same to people.

    Raises ValueError where settings do not know the address of the site, without which there are no feeds.
    """
    if settings.site_url is None:
        raise ValueError("a feed needs the address of the site")
    entries = list(rows)
    own, shown = public_address(settings, address), public_address(settings, page)
    subtitle = settings.description if address == FEED else ""
    return "".join(
        [
            DECLARATION,
            f'<?xml-stylesheet type="text/css" href="{relative(address, FEED_STYLESHEET)}"?>\n',
            f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{xml_text(settings.language)}">\n',
            f"<id>{xml_text(own)}</id>\n",
            f"<title>{xml_text(title)}</title>\n",
            f"<subtitle>{xml_text(subtitle)}</subtitle>\n" if subtitle else "",
            f"<updated>{_moment(entries[0].updated) if entries else _NEVER}</updated>\n",
            f'<link rel="self" type="application/atom+xml" href="{xml_text(own)}"/>\n',
            f'<link rel="alternate" type="text/html" href="{xml_text(shown)}"/>\n',
            # For cables of which it is not known who sent them.
            f"<author><name>{xml_text(settings.title)}</name></author>\n",
            "<generator>cablepress</generator>\n",
            *(line for row in entries for line in _entry(row, settings, lexicon)),
            "</feed>\n",
        ]
    )


def _entry(row: FeedRow, settings: Settings, lexicon: Lexicon) -> Iterator[str]:
    cable = row.cable
    link = xml_text(public_address(settings, cable.address))
    yield f"<entry>\n<id>{link}</id>\n"
    yield f"<title>{xml_text(f'{cable.name}: {shortened(cable.subject, _SUBJECT)}')}</title>\n"
    yield f"<updated>{_moment(row.updated)}</updated>\n"
    yield f'<link rel="alternate" type="text/html" href="{link}"/>\n'
    if cable.post:
        yield f"<author><name>{xml_text(lexicon.post_name(cable.post))}</name></author>\n"
    for code in row.tags:
        label = lexicon.tag_name(code)
        labelled = f' label="{xml_text(label)}"' if label else ""
        scheme = xml_text(public_address(settings, index_address("tag")))
        yield f'<category term="{xml_text(code)}" scheme="{scheme}"{labelled}/>\n'
    sent = date_of_row_in_words(cable.day)
    said = ". ".join(filter(None, [f"Sent {sent}" if cable.day else "", cable.classification or ""]))
    yield f"<summary>{xml_text(' '.join(filter(None, [f'{said}.' if said else '', cable.gist])))}</summary>\n</entry>\n"


def _moment(updated: str) -> str:
    """A moment of the state, '2008-11-03T08:56+00:00', as Atom has it."""
    return f"{updated[:16]}:00Z"
