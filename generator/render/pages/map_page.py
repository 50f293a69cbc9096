"""The map of posts, and the same as a list by country."""

from collections.abc import Iterable

from msgspec import Struct

from generator.archive.address import (
    COUNTRIES,
    MAP,
    country_address,
    facet_address,
    index_address,
    relative,
)
from generator.archive.catalogue import Catalogue, FacetCount, by_count
from generator.lexicon import Lexicon, Post
from generator.render.frame import Frame, Link, make_frame
from generator.render.pages.values import CountLine
from generator.render.pictures.post_map import PostMap, PostPlace, make_post_map
from generator.render.pictures.projection import Place, place_at
from generator.render.words import counted
from generator.settings import Settings

TITLE = "Map of posts"
_INTRODUCTION = (
    "The posts from which cables of this archive were sent. Below the map the same stands as a list."
)

_MOST = 500  # posts on the map, more than the tables have
_MOST_ELSEWHERE = 100  # that are not


class MapCountry(Struct, frozen=True, kw_only=True):
    """The posts of a country that are on the map."""

    label: str
    href: str  # '' for posts whose country is not known
    posts: tuple[CountLine, ...]


class MapPage(Struct, frozen=True, kw_only=True):
    """What `map.html` receives as `page`."""

    title: str
    introduction: str
    map: PostMap | None  # None where no place of a post is known
    countries: tuple[MapCountry, ...]
    elsewhere: tuple[CountLine, ...]  # posts of which no table knows the place, the largest first
    rest: Link | None  # to the list of all, where not all are named here


def make_map_page(catalogue: Catalogue, lexicon: Lexicon, settings: Settings) -> tuple[Frame, MapPage]:
    """Frame and value of the map."""
    placed: list[tuple[Post, Place, FacetCount]] = []
    elsewhere: list[FacetCount] = []
    for origin in by_count(catalogue.values("origin")):
        post = lexicon.posts.get(origin.value)
        if post is None or post.latitude is None or post.longitude is None:
            elsewhere.append(origin)
        else:
            placed.append((post, place_at(post.latitude, post.longitude), origin))
    rest = max(0, len(placed) - _MOST) + max(0, len(elsewhere) - _MOST_ELSEWHERE)
    placed = placed[:_MOST]
    page = MapPage(
        title=TITLE,
        introduction=_INTRODUCTION if placed else "No table knows where the posts of this archive are.",
        map=make_post_map(
            [
                PostPlace(href=_href(origin), name=post.name, place=place, count=origin.count)
                for post, place, origin in placed
            ]
        ),
        countries=tuple(_by_country(placed, lexicon)),
        elsewhere=tuple(_line(origin, lexicon) for origin in elsewhere[:_MOST_ELSEWHERE]),
        rest=Link(href=relative(MAP, index_address("origin")), label=f"{counted(rest, 'more post')}")
        if rest
        else None,
    )
    trail = (Link(href=relative(MAP, COUNTRIES), label="Countries"),)
    return make_frame(settings, MAP, TITLE, description=_INTRODUCTION, trail=trail), page


def _by_country(placed: Iterable[tuple[Post, Place, FacetCount]], lexicon: Lexicon) -> list[MapCountry]:
    """Posts by country and name; those of no country last."""
    by_country: dict[str, list[FacetCount]] = {}
    for post, _, origin in placed:
        by_country.setdefault(post.country or "", []).append(origin)
    countries = [
        MapCountry(
            label=(lexicon.tag_name(code) or code) if code else "Other posts",
            href=relative(MAP, country_address(code)) if code else "",
            posts=tuple(
                _line(origin, lexicon)
                for origin in sorted(
                    origins, key=lambda one: (lexicon.post_name(one.value).casefold(), one.value)
                )
            ),
        )
        for code, origins in by_country.items()
    ]
    return sorted(countries, key=lambda country: (not country.href, country.label.casefold(), country.href))


def _line(origin: FacetCount, lexicon: Lexicon) -> CountLine:
    return CountLine(
        href=_href(origin), label=lexicon.post_name(origin.value), meaning="", count=f"{origin.count:,}"
    )


def _href(origin: FacetCount) -> str:
    return relative(MAP, facet_address("origin", origin.value))
