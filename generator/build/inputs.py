"""What a site depends on beside its sources, as digests: when one of them is another, it is known what must be done again."""

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from datetime import date as Day  # noqa: N812 - a day of the calendar
from importlib.util import find_spec
from pathlib import Path

import msgspec

from generator.lexicon import builtin_lexicon
from generator.release.ledger import Ledger
from generator.settings import Settings

# Which template makes which kinds of pages; 'cable' are the cables.
KINDS_OF_TEMPLATE: Mapping[str, tuple[str, ...]] = {
    "cable.html": ("cable",),
    "home.html": ("home",),
    "health.html": ("health",),
    "glossary.html": ("glossary",),
    "statistics.html": ("statistics",),
    "index.html": ("index",),
    "day.html": ("day",),
    "days.html": ("days",),
    "list.html": ("tag", "date", "origin", "classification", "shared"),
    "country.html": ("country",),
    "countries.html": ("countries",),
    "map.html": ("map",),
    "thread.html": ("thread",),
    "threads.html": ("threads",),
    "withheld.html": ("card",),
    "page.html": ("text",),
    "collection.html": ("collection",),
    "collections.html": ("collections",),
    "live.html": ("home", "text", "collection"),
    "reading-list.html": ("reading-list",),
    "search.html": ("search-page",),
    "search-help.html": ("search-help",),
    "data.html": ("data-page",),
    "404.html": ("404",),
    "feeds.html": ("feeds",),
    "redirect.html": ("redirect",),
}

# Settings that say where things are, and those that are looked at by themselves.
_NOT_LOOK = frozenset(
    {
        "content",
        "site",
        "templates",
        "theme",
        "search",
        "related",
        "data",
        "lexicon",
        "rows_per_page",
        "publish",
    }
)

# Packages whose words are in the pages.
_PACKAGES = ("jinja2", "markdown", "markupsafe", "pygments")


class Inputs(msgspec.Struct, kw_only=True):
    """What a build depends on beside its sources."""

    program: str  # its files, and those of the packages that make pages
    site: str  # the folder
    look: str  # settings that stand on every page
    theme: str  # settings that stand in the stylesheet
    rows_per_page: int
    release: str  # the ledger, and what its embargoes say on the day
    day: str  # which matters to cables with an embargo of their own
    words: str  # of the lexicon, those that decide how a telegram is read
    search: str  # what is searched, and what posts and countries are called; '' where nothing is
    meanings: dict[str, tuple[str, str]]  # TAGS of the archive's own: kind and name
    data: str  # which data files there are, and what they say of the site; '' where there are none
    template_stamps: str  # names, sizes and times of all templates
    templates: dict[str, str] = {}  # digest of each with all that it uses
    hosts: str = ""  # which files for hosts there are


def inputs_of(
    *,
    settings: Settings,
    ledger: Ledger,
    today: Day,
    drafts: bool,
    site: Path,
    templates: Iterable[Path],
) -> Inputs:
    """The inputs of a build; `templates` is filled by who needs it, since it takes reading them."""
    own = settings.lexicon
    return Inputs(
        program=_digest(*_stamps([Path(__file__).parent.parent]), *_packages()),
        site=str(site.resolve()),
        look=_digest(
            *(
                f"{key.name}={getattr(settings, key.name)!r}"
                for key in fields(settings)
                if key.name not in _NOT_LOOK
            ),
            settings.theme.logo,
            str(settings.search.enabled),
            str(settings.related.enabled),
            str(settings.data.is_any),
            *_split(settings),
        ),
        theme=_digest(repr(replace(settings.theme, logo=""))),
        rows_per_page=settings.rows_per_page,
        release=_digest(ledger.digest.hex(), *_embargoes(ledger, today), str(drafts)),
        day=str(today),
        words=_digest(
            repr(own.posts),
            repr(own.abbreviations),
            repr(sorted(tag.code for tag in own.tags if tag.code not in builtin_lexicon().tags)),
        ),
        search=_digest(repr(settings.search), repr(own)) if settings.search.enabled else "",
        data=_digest(
            repr(settings.data),
            settings.title,
            settings.description,
            str(settings.site_url),
            repr(own),
            *_split(settings),
        )
        if settings.data.is_any
        else "",
        meanings={tag.code: (tag.kind, tag.name) for tag in own.tags},
        template_stamps=_digest(*_stamps(templates)),
        hosts=f"{settings.publish.headers} {settings.publish.redirects}",
    )


def _split(settings: Settings) -> tuple[str, ...]:
    """What decides in which part, and so at which full address, a page is published."""
    publish = settings.publish
    return (publish.split, publish.part_url) if publish.split else ()


def _embargoes(ledger: Ledger, today: Day) -> Iterator[str]:
    """Which embargoes hold."""
    for rule in ledger.rules:
        if rule.deed == "embargo":
            yield str(rule.until is None or today < rule.until)


def _packages() -> Iterator[str]:
    for name in _PACKAGES:
        spec = find_spec(name)
        if spec is not None and spec.origin is not None:
            status = os.stat(spec.origin)  # noqa: PTH116
            yield f"{name} {status.st_size} {status.st_mtime_ns}"


def _stamps(folders: Iterable[Path]) -> Iterator[str]:
    """Name, size and time of each file below some folders, the program's compiled files left out."""
    for folder in folders:
        for path, folders_below, names in os.walk(folder):
            folders_below[:] = sorted(name for name in folders_below if name != "__pycache__")
            for name in sorted(names):
                file = Path(path, name)
                status = file.stat()
                yield f"{file}\n{status.st_size}\n{status.st_mtime_ns}\n"


def _digest(*words: str) -> str:
    digest = hashlib.blake2b(digest_size=16)
    for word in words:
        digest.update(word.encode("utf-8", "surrogatepass") + b"\0")
    return digest.hexdigest()
