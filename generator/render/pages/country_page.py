"""The pages of countries, each with its posts and its TAGS code, and the lists of all countries."""

from typing import Literal

from msgspec import Struct

from generator.archive.address import (
    COUNTRIES,
    COUNTRIES_BY_COUNT,
    MAP,
    country_address,
    relative,
)
from generator.archive.catalogue import Catalogue, FacetCount
from generator.archive.countries import Countries, Country
from generator.lexicon import Lexicon
from generator.render.frame import Frame, Link, make_frame
from generator.render.pages.index_page import OrderLink
from generator.render.pages.rows import RowLine, row_lines
from generator.render.pages.values import CountLine, count_line
from generator.render.pictures.histogram import Histogram, lead_to_all, make_histogram
from generator.render.words import counted
from generator.settings import Settings

Order = Literal["name", "count"]

TITLE = "Countries"
_INTRODUCTION = "Countries and regions that cables of this archive were sent from or are about."
_ORDERS: dict[Order, tuple[str, str]] = {
    "name": (COUNTRIES, "By name"),
    "count": (COUNTRIES_BY_COUNT, "By number of cables"),
}

_NEWEST = 10
_MOST_USED = 10


class CountryPage(Struct, frozen=True, kw_only=True):
    """What `country.html` receives as `page`."""

    title: str
    count: str  # '12 cables', from its posts or with its code, each once
    map: Link
    histogram: Histogram | None
    posts: tuple[CountLine, ...]
    tags: tuple[CountLine, ...]  # its own code
    used: tuple[CountLine, ...]  # the TAGS most used by its posts
    newest: tuple[RowLine, ...]


class CountriesPage(Struct, frozen=True, kw_only=True):
    """What `countries.html` receives as `page`."""

    title: str
    introduction: str
    map: Link
    orders: tuple[OrderLink, ...]
    countries: tuple[CountLine, ...]


class CountryPages:
    """Makes frames and values of the pages of countries."""

    def __init__(self, catalogue: Catalogue, lexicon: Lexicon, settings: Settings) -> None:
        self._catalogue = catalogue
        self._countries = Countries(catalogue, lexicon)
        self._lexicon = lexicon
        self._settings = settings

    def country(self, code: str) -> tuple[Frame, CountryPage]:
        """The page of a country."""
        here = country_address(code)
        country, posts = self._countries.country(code), self._countries.posts(code)
        tagged = self._catalogue.count("tag", code)
        count = counted(country.count, "cable")
        page = CountryPage(
            title=country.name,
            count=count,
            map=_map_link(here),
            histogram=make_histogram(
                self._catalogue.months("country", code), lead_to_all(here, country.name)
            ),
            posts=tuple(count_line("origin", here, post, self._lexicon) for post in posts),
            tags=(count_line("tag", here, FacetCount(value=code, count=tagged), self._lexicon),)
            if tagged
            else (),
            used=tuple(
                count_line("tag", here, tag, self._lexicon)
                for tag in self._countries.tags_from([post.value for post in posts], _MOST_USED)
            ),
            newest=row_lines(here, self._countries.newest(code, _NEWEST), self._lexicon),
        )
        trail = (Link(href=relative(here, COUNTRIES), label=TITLE),)
        description = f"{count} from {country.name} or about it"
        return make_frame(self._settings, here, country.name, description=description, trail=trail), page

    def index(self, order: Order) -> tuple[Frame, CountriesPage]:
        """The list of all countries in an order."""
        here, label = _ORDERS[order]
        countries = self._countries.all()
        if order == "count":
            countries = tuple(sorted(countries, key=lambda country: -country.count))
        page = CountriesPage(
            title=TITLE,
            introduction=_INTRODUCTION,
            map=_map_link(here),
            orders=tuple(
                OrderLink(href=relative(here, address), label=label, is_here=address == here)
                for address, label in _ORDERS.values()
            ),
            countries=tuple(_country(here, country) for country in countries),
        )
        title = TITLE if order == "name" else f"{TITLE}, {label[0].lower()}{label[1:]}"
        return make_frame(self._settings, here, title, description=_INTRODUCTION), page


def _map_link(here: str) -> Link:
    return Link(href=relative(here, MAP), label="Map of posts")


def _country(here: str, country: Country) -> CountLine:
    return CountLine(
        href=relative(here, country_address(country.code)),
        label=country.name,
        meaning="",
        count=f"{country.count:,}",
    )
