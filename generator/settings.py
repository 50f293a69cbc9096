"""The settings of a project: `[tool.cablepress]` in pyproject.toml, or cablepress.toml with the same keys.

None is needed to start. What is wrong with them is told all at once, each with its line, before any work begins.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from generator.lexicon import Abbreviation, Lexicon, Post, TagMeaning, builtin_lexicon, guess_tag_kind

OWN_FILE = "cablepress.toml"
SHARED_FILE = "pyproject.toml"

_SMALLEST_LIST = 10


class SettingsError(Exception):
    """The settings cannot be used; `messages` says why, one line for each fault."""

    def __init__(self, messages: tuple[str, ...]) -> None:
        super().__init__("\n".join(messages))
        self.messages = messages


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings, checked. The comment behind each is what `cablepress new` writes above it."""

    title: str = "Cable archive"  # what the site is called
    description: str = ""  # one sentence about the archive, for the home page
    language: str = "en"  # language of the site's own words, as in HTML's lang
    site_url: str | None = None  # where the site will stand, 'https://name.github.io/repository/'
    content: str = "content"  # folder of the telegrams
    site: str = "site"  # folder that the site is written to
    templates: str = "templates"  # folder of templates and assets that replace the built-in ones
    rows_per_page: int = 500  # a list longer than this is cut by years, a year by months
    tags: tuple[TagMeaning, ...] = ()  # [lexicon.tags]
    posts: tuple[Post, ...] = ()  # [lexicon.posts.KEY]
    abbreviations: tuple[Abbreviation, ...] = ()  # [lexicon.abbreviations]

    def lexicon(self) -> Lexicon:
        """The built-in lexicon with the project's own words."""
        return builtin_lexicon().with_additions(
            tags=self.tags, posts=self.posts, abbreviations=self.abbreviations
        )


def load_settings(folder: Path) -> Settings:
    """Read the settings of the project in `folder`; defaults where it has none.

    Raises SettingsError with every fault found.
    """
    own = folder / OWN_FILE
    shared = folder / SHARED_FILE
    own_table = _read(own) if own.is_file() else None
    shared_table: Any = None
    if shared.is_file():
        shared_table = _read(shared).get("tool", {}).get("cablepress")
    if own_table is not None and shared_table is not None:
        raise SettingsError(
            (
                f"settings stand both in {OWN_FILE} and in {SHARED_FILE} under [tool.cablepress]; keep one of them",
            )
        )
    if own_table is not None:
        return _Reader(own_table, own.name, own.read_text("utf-8")).settings()
    if shared_table is not None:
        return _Reader(shared_table, shared.name, shared.read_text("utf-8")).settings()
    return Settings()


def commented_settings() -> str:
    """A cablepress.toml with every key, its meaning and its default; each is commented out."""
    return _COMMENTED


def _read(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            return tomllib.load(file)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError((f"{path.name}: this is no valid TOML: {error}",)) from None
    except UnicodeDecodeError:
        raise SettingsError((f"{path.name}: the file is not UTF-8; save it as UTF-8",)) from None
    except OSError as error:
        raise SettingsError((f"{path.name}: cannot be read: {error.strerror}",)) from None


class _Reader:
    """Checks one table of settings and gathers what is wrong with it."""

    def __init__(self, table: Any, name: str, text: str) -> None:
        self.table = table
        self.name = name
        self.lines = text.splitlines()
        self.faults: list[tuple[int, str]] = []

    def settings(self) -> Settings:
        """The settings, or SettingsError."""
        checks: dict[str, Callable[[str, Any], Any]] = {
            "title": self._text,
            "description": self._text,
            "language": self._language,
            "site_url": self._url,
            "content": self._folder,
            "site": self._folder,
            "templates": self._folder,
            "rows_per_page": self._rows,
        }
        values: dict[str, Any] = {}
        for key, value in self._known(self.table, [*checks, "lexicon"], ""):
            if key == "lexicon":
                values.update(self._lexicon(value))
            else:
                values[key] = checks[key](key, value)
        if self.faults:
            raise SettingsError(
                tuple(f"{self.name}:{line}: {message}" for line, message in sorted(self.faults))
            )
        return Settings(**values)

    def _fault(self, path: str, message: str) -> None:
        self.faults.append((self._line_of(path), message))

    def _line_of(self, path: str) -> int:
        """The line where a key stands; near enough where the same key stands in several tables."""
        *tables, key = path.split(".")
        start = 0
        if tables:
            heading = re.compile(rf"\s*\[.*\b{re.escape(tables[-1])}\b.*\]")
            start = next((at for at, line in enumerate(self.lines) if heading.match(line)), 0)
        pattern = re.compile(rf"\s*(?:\[.*)?[\"']?{re.escape(key)}\b")
        found = (at for at in range(start, len(self.lines)) if pattern.match(self.lines[at]))
        return next(found, start) + 1

    def _known(self, table: Any, keys: list[str], prefix: str) -> Iterator[tuple[str, Any]]:
        """The entries of a table whose key exists; the others are faults."""
        if not isinstance(table, Mapping):
            self._fault(prefix.rstrip("."), f"{prefix.rstrip('.')!r} must be a table")
            return
        for key, value in table.items():
            if key in keys:
                yield key, value
                continue
            near = get_close_matches(key, keys, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(keys)}"
            place = f" in [{prefix.rstrip('.')}]" if prefix else ""
            self._fault(prefix + key, f"unknown key {key!r}{place}; {hint}")

    def _wrong(self, path: str, expected: str, value: Any) -> None:
        self._fault(path, f"{path!r} must be {expected}, not {_shown(value)}")

    def _text(self, key: str, value: Any) -> str:
        if not isinstance(value, str):
            self._wrong(key, "text in quotes", value)
            return ""
        return value

    def _language(self, key: str, value: Any) -> str:
        if not isinstance(value, str) or not re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*", value):
            self._wrong(key, "a language tag such as 'en'", value)
            return "en"
        return value

    def _url(self, key: str, value: Any) -> str | None:
        if not isinstance(value, str) or not re.fullmatch(r"https?://[^\s/?#]+(?:/[^\s?#]*)?", value):
            self._wrong(key, "an address such as 'https://name.github.io/repository/'", value)
            return None
        return value.rstrip("/") + "/"

    def _folder(self, key: str, value: Any) -> str:
        if not isinstance(value, str) or not value.strip():
            self._wrong(key, "the name of a folder", value)
            return key
        return value

    def _rows(self, key: str, value: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or value < _SMALLEST_LIST:
            self._wrong(key, f"a whole number of {_SMALLEST_LIST} or more", value)
            return _SMALLEST_LIST
        return value

    def _lexicon(self, table: Any) -> dict[str, Any]:
        """The three tables of words."""
        values: dict[str, Any] = {}
        for key, words in self._known(table, ["tags", "posts", "abbreviations"], "lexicon."):
            if not isinstance(words, Mapping):
                self._wrong(f"lexicon.{key}", "a table", words)
            elif key == "posts":
                values[key] = tuple(self._posts(words))
            else:
                make = self._tag if key == "tags" else self._abbreviation
                values[key] = tuple(
                    make(word, meaning)
                    for word, meaning in words.items()
                    if self._is_meaning(key, word, meaning)
                )
        return values

    def _is_meaning(self, table: str, word: str, meaning: Any) -> bool:
        if isinstance(meaning, str):
            return True
        self._wrong(f"lexicon.{table}.{word}", "text in quotes", meaning)
        return False

    @staticmethod
    def _tag(code: str, name: str) -> TagMeaning:
        return TagMeaning(code=code.upper(), kind=guess_tag_kind(code.upper()), name=name)

    @staticmethod
    def _abbreviation(term: str, expansion: str) -> Abbreviation:
        return Abbreviation(term=term, expansion=expansion, context="archive")

    def _posts(self, table: Mapping[str, Any]) -> Iterator[Post]:
        known = [column.name for column in fields(Post) if column.name != "key"]
        for name, entry in table.items():
            prefix = f"lexicon.posts.{name}."
            values = dict(self._known(entry, known, prefix))
            faults = len(self.faults)
            for key in ("name", "kind", "country", "routing"):
                if key in values:
                    self._text(prefix + key, values[key])
            for key in ("latitude", "longitude"):
                if key in values and not isinstance(values[key], int | float):
                    self._wrong(prefix + key, "a number of degrees", values[key])
            if isinstance(entry, Mapping) and "name" not in entry:
                self._fault(prefix.rstrip("."), f"[{prefix.rstrip('.')}] needs a name")
            elif len(self.faults) == faults and values:
                key = builtin_lexicon().post_key(name)
                yield Post(key=key, **{"kind": "other", **values})


def _shown(value: Any) -> str:
    """A value of TOML as its author knows it."""
    if isinstance(value, bool):
        return str(value).lower()
    return repr(value) if isinstance(value, str | int | float) else "a table or list"


_COMMENTED = """\
# The settings of this archive. Every key is optional; the values shown are the defaults.

# What the site is called.
#title = "Cable archive"

# One sentence about the archive, for the home page.
#description = ""

# Language of the site's own words, as in HTML's lang attribute.
#language = "en"

# Where the site will stand. Only what needs a full address uses it (canonical links, the 404 page).
#site_url = "https://name.github.io/repository/"

# Folders, below this one: the telegrams, the site, and templates of your own.
#content = "content"
#site = "site"
#templates = "templates"

# A list longer than this is cut by years, a year longer than this by months.
#rows_per_page = 500

# Words that the built-in tables lack, or explain otherwise. The first table spells out TAGS codes, the second
# posts, by the key of their reference ids; the third abbreviations.
#[lexicon.tags]
#QR = "Ruritania"
#
#[lexicon.posts.STRELSAU]
#name = "Embassy Strelsau"
#kind = "embassy"          # embassy, consulate, mission, department or other
#country = "QR"            # a geographic TAGS code
#routing = "RUEHQS"        # routing indicator
#latitude = 47.1           # decimal degrees
#longitude = 15.9
#
#[lexicon.abbreviations]
#GOR = "Government of Ruritania"
"""
