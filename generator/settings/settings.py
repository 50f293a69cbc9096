"""The settings of a project: what may be set, what each key means, and what is wrong with a file.

They stand in `cablepress.toml`, or with the same keys in `[tool.cablepress]` of `pyproject.toml`; no key is
needed. `Settings` is the one list of keys: reading, the messages about wrong keys, the commented file that
`cablepress new` writes and content/docs/settings.md all follow it. What is wrong is told all at once, each with its line.
"""

import difflib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, dataclass, field, fields
from itertools import combinations
from pathlib import Path, PurePath
from typing import Any, cast, get_args

from generator.lexicon import (
    Abbreviation,
    Lexicon,
    Post,
    PostKind,
    TagMeaning,
    builtin_lexicon,
    guess_tag_kind,
)
from generator.settings.data import DATA_READERS, DataSettings
from generator.settings.feeds import (
    FEED_READERS,
    REDIRECT_READERS,
    ROBOTS_READERS,
    FeedSettings,
    RedirectSettings,
    RobotsSettings,
)
from generator.settings.publish import PUBLISH_READERS, PublishSettings, settings_at_odds
from generator.settings.related import RELATED_READERS, RelatedSettings
from generator.settings.search import SEARCH_READERS, SearchSettings
from generator.settings.theme import COLOUR_READERS, COLOURS, THEME_READERS, Theme
from generator.settings.values import (
    FEWEST_ROWS,
    UnfitError,
    ValueReader,
    degrees,
    matching,
    read_folder,
    read_post_kind,
    read_rows,
    read_site_url,
    read_table,
    read_text,
    read_text_or_nothing,
    shown,
)
from generator.toml_source import KeyPath, TomlError, TomlSource, read_toml

SETTINGS_FILE = "cablepress.toml"

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_TAG_CODE = re.compile(r"[A-Z0-9][A-Z0-9/-]*")
_COUNTRY = re.compile(r"[A-Z]{2}")
_ROUTING = re.compile(r"R[A-Z]{3,7}")

_POLE = 90.0
_DATE_LINE = 180.0


@dataclass(frozen=True, slots=True, kw_only=True)
class LexiconAdditions:
    """Words of the archive's own; they win over built-in ones of the same code, key or term."""

    tags: tuple[TagMeaning, ...] = field(
        default=(),
        metadata={"about": "TAGS codes and what they stand for.", "example": ['QR = "Ruritania"']},
    )
    posts: tuple[Post, ...] = field(
        default=(),
        metadata={
            "about": "Posts by the key that stands in reference ids. Only the name is needed; kind is one of\n"
            f"{', '.join(get_args(PostKind))}.",
            "example": [
                'PORTTARLENHEIM = { name = "Embassy Port Tarlenheim", kind = "embassy", country = "QR", '
                'routing = "RUEHQT", latitude = 47.1, longitude = 15.9 }'
            ],
        },
    )
    abbreviations: tuple[Abbreviation, ...] = field(
        default=(),
        metadata={
            "about": "Abbreviations and what they are short for.",
            "example": ['GOR = "Government of Ruritania"'],
        },
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a project may set. `about` in a field's metadata is its documentation."""

    title: str = field(
        default="Cable archive",
        metadata={"about": "The name of the archive, on every page."},
    )
    description: str = field(
        default="",
        metadata={
            "about": "One or two sentences about the archive, for the home page and for search engines."
        },
    )
    language: str = field(
        default="en",
        metadata={"about": "The language of the site's own words, as a language tag: 'en', 'pt-BR'."},
    )
    site_url: str | None = field(  # ends in '/'
        default=None,
        metadata={
            "about": "Where the site will be served. Without it, `domain` of `[publish]` says so, or a git remote at\n"
            "GitHub. Where nothing does, what needs absolute addresses, such as a sitemap, is left out.",
            "example": ['site_url = "https://example.org/cables/"'],
        },
    )
    content: str = field(
        default="content",
        metadata={"about": "The folder that holds the cables."},
    )
    site: str = field(
        default="site",
        metadata={"about": "The folder that the site is written to."},
    )
    templates: str = field(
        default="templates",
        metadata={
            "about": "The folder for templates of your own, which replace the built-in ones file by file."
        },
    )
    rows_per_page: int = field(
        default=500,
        metadata={
            "about": "The most cables that one list holds; a longer list is cut by year, then by month.\n"
            f"At least {FEWEST_ROWS}."
        },
    )
    theme: Theme = field(
        default_factory=Theme,
        metadata={"about": "Colours, fonts and the picture beside the name."},
    )
    search: SearchSettings = field(
        default_factory=SearchSettings,
        metadata={"about": "Whether and what readers can search."},
    )
    related: RelatedSettings = field(
        default_factory=RelatedSettings,
        metadata={"about": "Whether pages list related cables."},
    )
    data: DataSettings = field(
        default_factory=DataSettings,
        metadata={"about": "Which data files the site offers."},
    )
    lexicon: LexiconAdditions = field(
        default_factory=LexiconAdditions,
        metadata={"about": "Words that this archive uses and the built-in tables do not have."},
    )
    feeds: FeedSettings = field(
        default_factory=FeedSettings,
        metadata={"about": "What feeds the site has."},
    )
    robots: RobotsSettings = field(
        default_factory=RobotsSettings,
        metadata={"about": "What search engines are asked not to list."},
    )
    redirects: RedirectSettings = field(
        default_factory=RedirectSettings,
        metadata={"about": "Which old addresses lead to a cable."},
    )
    publish: PublishSettings = field(
        default_factory=PublishSettings,
        metadata={"about": "Where the site is published, and how."},
    )


class SettingsError(Exception):
    """Settings that cannot be used; `messages` tells all that is wrong, in the order of the file."""

    def __init__(self, messages: Iterable[str]) -> None:
        self.messages = tuple(messages)
        super().__init__("\n".join(self.messages))


def load_settings(folder: Path) -> Settings:
    """The settings of the project in `folder`; the defaults where it has none. Raises SettingsError."""
    try:
        own, project = read_toml(folder / SETTINGS_FILE), read_toml(folder / "pyproject.toml")
    except TomlError as error:
        raise SettingsError([str(error)]) from error
    places: list[tuple[TomlSource | None, KeyPath]] = [(own, ()), (project, ("tool", "cablepress"))]
    readers = [
        _Reader(folder, source, root) for source, root in places if source and _holds_settings(source, root)
    ]
    if len(readers) > 1:
        raise SettingsError(
            [f"{SETTINGS_FILE} and [tool.cablepress] in pyproject.toml both hold settings; keep one of them"]
        )
    return readers[0].settings() if readers else Settings()


def project_lexicon(settings: Settings) -> Lexicon:
    """The built-in lexicon and the archive's own words."""
    own = settings.lexicon
    if own == LexiconAdditions():
        return builtin_lexicon()
    return builtin_lexicon().with_additions(tags=own.tags, posts=own.posts, abbreviations=own.abbreviations)


def commented_settings() -> str:
    """The text of a settings file that sets nothing and shows every key, its meaning and its default."""
    blocks = ["# Each key is shown with its default or an example; take the '#' away to set it.\n"]
    for key in fields(Settings):
        if key.default is not MISSING:
            example = key.metadata.get("example") or [f"{key.name} = {json.dumps(key.default)}"]
            blocks.append(_commented([*key.metadata["about"].split("\n")], example))
    blocks.append(_commented(["How the site looks."], ["[theme]"]))
    for key in fields(Theme):
        header = [f"[theme.{key.name}]"] if THEME_READERS[key.name] is read_table else []
        blocks.append(_commented([*key.metadata["about"].split("\n")], [*header, *key.metadata["example"]]))
    for table, (of_table, _) in _PLAIN_TABLES.items():
        blocks.append(_commented([_ABOUT[table]], [f"[{table}]"]))
        blocks.extend(
            _commented([*key.metadata["about"].split("\n")], [*key.metadata["example"]])
            for key in fields(of_table)
        )
    for words in fields(LexiconAdditions):
        example = [f"[lexicon.{words.name}]", *words.metadata["example"]]
        blocks.append(_commented([*words.metadata["about"].split("\n")], example))
    return "\n".join(blocks)


# The tables whose keys have a plain value each, and what reads these.
_PLAIN_TABLES: Mapping[str, tuple[Any, Mapping[str, ValueReader]]] = {
    "search": (SearchSettings, SEARCH_READERS),
    "related": (RelatedSettings, RELATED_READERS),
    "data": (DataSettings, DATA_READERS),
    "feeds": (FeedSettings, FEED_READERS),
    "robots": (RobotsSettings, ROBOTS_READERS),
    "redirects": (RedirectSettings, REDIRECT_READERS),
    "publish": (PublishSettings, PUBLISH_READERS),
}

_ABOUT: Mapping[str, str] = {key.name: key.metadata["about"] for key in fields(Settings)}


def _commented(about: list[str], example: list[str]) -> str:
    """Sentences as '# ...', TOML as '#...', so that one can be told from the other."""
    return "".join(f"# {line}\n" for line in about) + "".join(f"#{line}\n" for line in example)


def _holds_settings(source: TomlSource, root: KeyPath) -> bool:
    return _value_at(source, root) not in (None, {})


def _value_at(source: TomlSource, path: KeyPath) -> Any:
    value: Any = source.tables
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value


_SETTING_READERS: Mapping[str, ValueReader] = {
    "title": read_text,
    "description": read_text_or_nothing,
    "language": matching(_LANGUAGE, "a language tag such as 'en' or 'pt-BR'"),
    "site_url": read_site_url,
    "content": read_folder,
    "site": read_folder,
    "templates": read_folder,
    "rows_per_page": read_rows,
    "theme": read_table,
    "lexicon": read_table,
    **dict.fromkeys(_PLAIN_TABLES, read_table),
}

_TABLES: Mapping[str, ValueReader] = {
    "tags": read_table,
    "posts": read_table,
    "abbreviations": read_table,
}

_POST_READERS: Mapping[str, ValueReader] = {
    "name": read_text,
    "kind": read_post_kind,
    "country": matching(_COUNTRY, "a geographic TAGS code of two capitals"),
    "routing": matching(_ROUTING, "a routing indicator such as 'RUEHQS'"),
    "latitude": degrees(_POLE),
    "longitude": degrees(_DATE_LINE),
}


class _Reader:
    """Reads one table of settings and gathers what is wrong with it."""

    def __init__(self, folder: Path, source: TomlSource, root: KeyPath) -> None:
        self._folder = folder
        self._source = source
        self._root = root
        self._wrong: list[tuple[int, str]] = []

    def settings(self) -> Settings:
        found = self._table(_value_at(self._source, self._root), (), _SETTING_READERS)
        lexicon = self._table(found.pop("lexicon", {}), ("lexicon",), _TABLES)
        additions = LexiconAdditions(
            tags=tuple(self._tags(lexicon.get("tags", {}))),
            posts=tuple(self._posts(lexicon.get("posts", {}))),
            abbreviations=tuple(self._abbreviations(lexicon.get("abbreviations", {}))),
        )
        theme = self._theme(found.pop("theme", {}))
        plain = {
            name: of_table(**self._table(found.pop(name, {}), (name,), readers))
            for name, (of_table, readers) in _PLAIN_TABLES.items()
        }
        settings = Settings(**found, theme=theme, lexicon=additions, **plain)
        self._check_folders(settings)
        self._check_logo(settings)
        for key, message in settings_at_odds(settings.publish):
            self._tell(("publish", key), message)
        if self._wrong:
            raise SettingsError(message for _, message in sorted(self._wrong, key=lambda wrong: wrong[0]))
        return settings

    def _table(self, table: object, path: KeyPath, readers: Mapping[str, ValueReader]) -> dict[str, Any]:
        """The values of a table with known keys, as their readers give them; wrong ones are left out."""
        found: dict[str, Any] = {}
        if not isinstance(table, dict):
            self._unfit(path, table, "a table")
            return found
        for key, value in table.items():
            if key not in readers:
                self._unknown((*path, key), readers)
                continue
            try:
                found[key] = readers[key](value)
            except UnfitError as expected:
                self._unfit((*path, key), value, str(expected))
        return found

    def _theme(self, table: object) -> Theme:
        found = self._table(table, ("theme",), THEME_READERS)
        for scheme in ("colours", "dark"):
            colours = self._table(found.pop(scheme, {}), ("theme", scheme), COLOUR_READERS)
            found[scheme] = tuple((name, colours[name]) for name in COLOURS if name in colours)
        return Theme(**found)

    def _tags(self, table: Mapping[str, object]) -> Iterator[TagMeaning]:
        known = builtin_lexicon().tags
        for code, name in self._words(table, "tags"):
            if _TAG_CODE.fullmatch(code):
                kind = known[code].kind if code in known else guess_tag_kind(code)
                yield TagMeaning(code=code, kind=kind, name=name)
            else:
                self._tell(
                    ("lexicon", "tags", code), f"{code!r} is no TAGS code; expected capitals, as in 'PGOV'"
                )

    def _posts(self, table: Mapping[str, object]) -> Iterator[Post]:
        for key, value in table.items():
            path = ("lexicon", "posts", key)
            filed = builtin_lexicon().post_key(key)
            if filed != key:
                hint = f"; did you mean {filed!r}?" if filed else ""
                self._tell(path, f"{key!r} is no key of a post as it stands in reference ids{hint}")
            post = self._table(value, path, _POST_READERS)
            if "name" in post:
                yield Post(key=key, **({"kind": "other"} | post))
            elif isinstance(value, dict) and "name" not in value:
                self._tell(path, f"the post {key!r} has no 'name'")

    def _abbreviations(self, table: Mapping[str, object]) -> Iterator[Abbreviation]:
        for term, expansion in self._words(table, "abbreviations"):
            yield Abbreviation(term=term, expansion=expansion, context="archive")

    def _words(self, table: Mapping[str, object], name: str) -> Iterator[tuple[str, str]]:
        """The entries of a table whose keys are words and whose values say what they mean."""
        for word, meaning in self._table(table, ("lexicon", name), dict.fromkeys(table, read_text)).items():
            yield word, cast(str, meaning)

    def _check_folders(self, settings: Settings) -> None:
        """What is read and what is written must not mix: writing the site removes what it wrote before."""
        folders = {"content": settings.content, "site": settings.site, "templates": settings.templates}
        if settings.publish.split:
            folders["publish.parts"] = settings.publish.parts
        for (first, one), (second, other) in combinations(folders.items(), 2):
            if PurePath(one).is_relative_to(other) or PurePath(other).is_relative_to(one):
                keys = [tuple(key.split(".")) for key in (second, first)]
                self._tell(
                    next(filter(self._line, keys), keys[-1]),
                    f"{first} and {second} must be separate folders; {one!r} and {other!r} are not",
                )

    def _check_logo(self, settings: Settings) -> None:
        """The picture must be one that the site has: a file of the archive or an asset."""
        logo = PurePath(settings.theme.logo)
        assets = f"{settings.templates}/assets"
        if not settings.theme.logo:
            return
        if not any(logo.is_relative_to(folder) for folder in (settings.content, assets)):
            expected = f"a file in {settings.content}/ or {assets}/"
            self._unfit(("theme", "logo"), settings.theme.logo, expected)
        elif not (self._folder / logo).is_file():
            self._tell(("theme", "logo"), f"theme.logo: there is no file {logo.as_posix()}")

    def _unknown(self, path: KeyPath, known: Iterable[str]) -> None:
        *table, key = path
        near = difflib.get_close_matches(key.lower(), list(known), n=1)
        place = f" in [{'.'.join((*self._root, *table))}]" if table else ""
        hint = f"did you mean {near[0]!r}?" if near else f"the keys are {', '.join(known)}"
        self._tell(path, f"unknown key {key!r}{place}; {hint}")

    def _unfit(self, path: KeyPath, value: object, expected: str) -> None:
        self._tell(
            path, f"{'.'.join((*path,)) or '.'.join(self._root)} must be {expected}, not {shown(value)}"
        )

    def _line(self, path: KeyPath) -> int | None:
        return self._source.line((*self._root, *path))

    def _tell(self, path: KeyPath, message: str) -> None:
        line = self._line(path) or 1
        self._wrong.append((line, f"{self._source.name}:{line}: {message}"))
