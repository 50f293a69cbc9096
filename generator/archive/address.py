"""Where everything stands in the site: every address, file name and relative link comes from here.

An address is a path below the site's root, with '/' and without a leading one: 'tag/PGOV.html'. Pages are files,
not folders, so that the site also works from disk. Links are relative, so that the same bytes work at a domain's
root, below '/repository/' and from 'file://'.
"""

import hashlib
import re
from datetime import datetime
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Literal
from urllib.parse import quote

from generator.telegram.cable import DatePrecision

Facet = Literal["tag", "date", "origin", "classification"]

FACETS: tuple[Facet, ...] = ("tag", "date", "origin", "classification")

# By what the archive lists and counts cables: a country is no word of a cable, but gathers posts and a TAGS code.
Listing = Facet | Literal["country"]

HOME = "index.html"
HEALTH = "health.html"
MAP = "map.html"
COUNTRIES = "country/index.html"  # by name
COUNTRIES_BY_COUNT = "country/by-count.html"
READING_LIST = "reading-list.html"
GLOSSARY = "glossary.html"
STATISTICS = "statistics.html"
NOT_FOUND = "404.html"
STYLESHEET = "assets/cablepress.css"
PICTURES_STYLESHEET = "assets/pictures.css"
STATISTICS_STYLESHEET = "assets/statistics.css"
SCRIPT = "assets/cablepress.js"
PARTS_SCRIPT = "assets/parts.js"  # of a split archive, put before others
SEARCH = "search.html"
SEARCH_HELP = "search-help.html"
SEARCH_SCRIPT = "assets/search.js"  # what other pages load of the search
LOOKUP_SCRIPT = "assets/lookup.js"  # which looks up ids
FIND_SCRIPT = "assets/find.js"  # which answers queries
MARKS_SCRIPT = "assets/marks.js"
SEARCH_PAGE_SCRIPT = "assets/search-page.js"
FACETS_SCRIPT = "assets/facets.js"
SEARCH_STYLESHEET = "assets/search.css"
SEARCH_ASSETS = frozenset(
    {
        SEARCH_SCRIPT,
        LOOKUP_SCRIPT,
        FIND_SCRIPT,
        MARKS_SCRIPT,
        SEARCH_PAGE_SCRIPT,
        FACETS_SCRIPT,
        SEARCH_STYLESHEET,
    }
)
DAYS = "day/index.html"
COLLECTIONS = "collection/index.html"
DATA_FILES = "data/"  # the folder
DATA = "data/index.html"
DATA_PACKAGE = "data/datapackage.json"
DATABASE = "data/archive.sqlite"

UNDATED = "undated"

# The Markdown file that introduces the home page.
HOME_SOURCE = "index.md"

# Folders and files of the site at its top; a page of the archive's own may not take their place.
RESERVED = frozenset(
    (
        "404 assets cable classification collection country data date day feeds glossary health index manifest-sha256.txt map "
        "origin reading-list search search-help statistics tag thread"
    ).split()
)

_PLAIN = re.compile(r"[A-Z0-9-]+")
_PIECE = re.compile(r"[A-Z]+|[a-z]+|[0-9-]+|.", re.DOTALL)

# Names that Windows keeps for devices, whatever ending follows, and our own index pages.
DEVICES = frozenset(
    {"CON", "PRN", "AUX", "NUL", *(f"{port}{n}" for port in ("COM", "LPT") for n in range(1, 10))}
)
_TAKEN = DEVICES | {"INDEX", "BY-COUNT"}

FEED = "feed.xml"
FEED_STYLESHEET = "assets/feed.css"  # for people who open a feed in a browser
FEEDS = "feeds.html"
SITEMAP = "sitemap.xml"
ROBOTS = "robots.txt"
HUMANS = "humans.txt"
HEADERS = "_headers"  # for hosts that read them
REDIRECTS = "_redirects"
MANIFEST = "manifest-sha256.txt"  # in which every file of the site has its checksum

_LONGEST_NAME = 100  # letters; file systems allow 255 bytes, endings and folders included
_DIGEST = 12

_SAFE_IN_URL = "/=-_.~"
_is_safe = re.compile(r"[A-Za-z0-9=_.~-]*").fullmatch


def file_name(text: str) -> str:
    """A name for `text` that any file system can hold; different texts get names that differ in any case.

    Capitals, digits and '-' stay: 'PGOV', 'MTCR-1'. '=' changes between capitals and small letters ('foo' is
    '=foo', 'FooBAR' 'F=oo=BAR'), any other byte of its UTF-8 is '_' and two hexadecimal digits ('UNGA/C-1' is
    'UNGA_2FC-1'). A name that the system keeps for itself has its last letter written so ('CO_4E'); a very long
    one ends in '__' and a digest of the whole.
    """
    name = text if _PLAIN.fullmatch(text) else _escaped(text)
    if name in _TAKEN:
        name = f"{name[:-1]}_{ord(name[-1]):02X}"
    if len(name) > _LONGEST_NAME:
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGEST].upper()
        name = f"{name[: _LONGEST_NAME - _DIGEST - 2]}__{digest}"
    return name or "_"


def _escaped(text: str) -> str:
    written: list[str] = []
    small = False
    for piece in _PIECE.findall(text):
        if piece.isascii() and piece.isalpha():
            if piece.islower() is not small:
                written.append("=")
                small = not small
            written.append(piece)
        elif _PLAIN.fullmatch(piece):
            written.append(piece)
        else:
            written.extend(f"_{byte:02X}" for byte in piece.encode("utf-8", "surrogatepass"))
    return "".join(written)


def cable_folder(when: datetime | None, precision: DatePrecision | None) -> str:
    """The folder of a cable's page: 'cable/2008/11', or 'cable/undated' where the month is unknown."""
    if when is None or precision in (None, "year"):
        return f"cable/{UNDATED}"
    return f"cable/{when.year:04d}/{when.month:02d}"


def cable_address(name: str, when: datetime | None, precision: DatePrecision | None) -> str:
    """The page of a cable: 'cable/2008/11/08ASTANA2165.html'.

    `name` is its id, or for a cable without one what `name_from_path` gives.
    """
    return f"{cable_folder(when, precision)}/{file_name(name)}.html"


def withheld_address(id_: str, when: datetime | None, precision: DatePrecision | None) -> str:
    """The page that says that a cable is withheld; where its date may be known, the page that it had."""
    return cable_address(id_, when, precision) if when else f"cable/withheld/{file_name(id_)}.html"


def name_from_path(path: str) -> str:
    """A name for a cable that has no id: its source's path without the ending."""
    return str(PurePosixPath(path).with_suffix(""))


def shared_address(plain: str, path: str) -> str:
    """The page of a cable whose plain address others claim too: the address with six digits of its path's hash."""
    digest = hashlib.sha256(path.encode("utf-8", "surrogatepass")).hexdigest()[:6]
    return f"{plain.removesuffix('.html')}-{digest}.html"


def index_address(facet: Facet, order: str = "") -> str:
    """The index page of a facet: 'tag/index.html'; in another order than by name, 'tag/by-count.html'."""
    return f"{facet}/{order or 'index'}.html"


def day_address(day: str) -> str:
    """The page of a day of any year: 'day/11-03.html'."""
    return f"day/{day}.html"


def day_anchor(day: str) -> str:
    """The place of a day of the month on the page of its month: 'd03' for '2008-11-03' and '11-03'."""
    return f"d{day[-2:]}"


THREADS = "thread/index.html"


def thread_address(id_: str) -> str:
    """The page of the thread of a cable that many cite: 'thread/08ASTANA2165.html'."""
    return f"thread/{file_name(id_)}.html"


# An archive has few values beside its cables, and each cable asks for its own.
@lru_cache(maxsize=10_000)
def facet_address(facet: Facet, value: str, period: str = "") -> str:
    """The page of a facet's value, or of a period of it: 'tag/PGOV.html', 'tag/PGOV/2008-11.html'.

    The value of a date is a year or 'undated'; its months are periods: 'date/2008.html', 'date/2008-11.html'.
    """
    if facet == "date":
        return f"date/{period or value}.html"
    below = f"/{period}" if period else ""
    return f"{facet}/{file_name(value)}{below}.html"


def country_address(code: str) -> str:
    """The page of a country: 'country/KZ.html'."""
    return f"country/{file_name(code)}.html"


def page_address(path: str) -> str:
    """The page that a Markdown file becomes: 'essays/salt.md' is 'essays/salt.html'.

    Folders and names keep their letters where every file system can hold them. A name that would take the place
    of the site's own pages gets '_' in front of it.
    """
    parts = _page_parts(path)
    if parts[0].lower() in RESERVED:
        parts[0] = f"_{parts[0]}"
    return "/".join(parts) + ".html"


def is_reserved(path: str) -> bool:
    """Whether the page of a Markdown file has a name of the site's own, and '_' in front of it."""
    return path != HOME_SOURCE and _page_parts(path)[0].lower() in RESERVED


def _page_parts(path: str) -> list[str]:
    pure = PurePosixPath(path).with_suffix("")
    return [part if _is_readable(part) else file_name(part) for part in pure.parts]


def asset_address(path: str) -> str:
    """Where a picture or other file from content/ stands: beside the pages of its folder."""
    pure = PurePosixPath(path)
    parts = [part if _is_readable(part) else file_name(part) for part in pure.parts]
    if parts[0].lower().removesuffix(".html") in RESERVED:
        parts[0] = f"_{parts[0]}"
    return "/".join(parts)


def _is_readable(part: str) -> bool:
    return re.fullmatch(r"[a-z0-9][a-z0-9._-]*[a-z0-9]|[a-z0-9]", part) is not None and (
        part.partition(".")[0].upper() not in DEVICES
    )


def is_device(part: str) -> bool:
    """Whether Windows keeps a name for a device, whatever ending follows."""
    return part.partition(".")[0].upper() in DEVICES


def feed_address(page: str) -> str:
    """The feed of the cables that a page lists: 'tag/PGOV.xml' beside 'tag/PGOV.html'."""
    return f"{page.removesuffix('.html')}.xml"


def sitemap_address(part: str) -> str:
    """A part of the sitemap: 'sitemap-2008.xml', 'sitemap-tag.xml'."""
    return f"sitemap-{part}.xml"


def kind_of_page(address: str) -> str:
    """What sort of page stands at an address: the folder of ours that it stands in, 'tag', or its name at the top, 'map'.

    What someone wrote is a 'page'.
    """
    top = address.partition("/")[0].removesuffix(".html")
    return top if top in RESERVED else "page"


def absolute(site_url: str, address: str) -> str:
    """The full address of a page; that of an index without its name, as web servers have it."""
    folder, slash, name = address.rpartition("/")
    return f"{site_url}{quoted(folder + slash if name == HOME else address)}"


def data_address(part: str, ending: str) -> str:
    """A data file: 'data/cables.csv', or a part of it, 'data/cables-2008.csv'."""
    return f"data/cables{f'-{part}' if part else ''}.{ending}"


def relative(from_address: str, to_address: str, fragment: str = "") -> str:
    """The link from one page to another, or to a place in it: '../../tag/PGOV.html', '#par7'."""
    anchor = f"#{quoted(fragment)}" if fragment else ""
    if from_address == to_address and anchor:
        return anchor
    at = to_address.rfind("/") + 1
    name = to_address[at:]
    way = _way(from_address[: from_address.rfind("/") + 1], to_address[:at])
    return way + (name if _is_safe(name) else quoted(name)) + anchor


# All pages of a folder share their ways, and an archive has few folders beside its pages.
@lru_cache(maxsize=10_000)
def _way(here: str, there: str) -> str:
    """What stands before the name of a page in links from one folder ('', 'tag/') to another: '../../tag/'."""
    steps = here.split("/")[:-1]
    onward = there.split("/")[:-1]
    shared = 0
    while shared < min(len(steps), len(onward)) and steps[shared] == onward[shared]:
        shared += 1
    return "../" * (len(steps) - shared) + "".join(f"{quoted(step)}/" for step in onward[shared:])


def quoted(text: str) -> str:
    """A piece of an address as a URL has it; those of this module need no quoting, as they are."""
    return text if _is_safe(text) else quote(text, safe=_SAFE_IN_URL)
