"""Which fields front matter may have, by the kind of source that it opens, and what is told of others.

A cable keeps whatever an export has written above it: fields of its own are told once, unless one is nearly a word of ours.
Pages, collections and notes are written for this program, and a field that means nothing there is a slip. A word of the
ledger there is worse than that: somebody wants to hold something back, and is taken at that word.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any, Literal

from generator.problem import Problem
from generator.telegram.spelling import distance

Kind = Literal["cable", "page", "collection", "note"]

_Fits = Callable[[object], bool]


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_list(value: object) -> bool:
    return isinstance(value, list)


def _is_text_or_list_of_texts(value: object) -> bool:
    return isinstance(value, str) or (isinstance(value, list) and all(map(_is_text, value)))


def _is_anything(_: object) -> bool:
    return True


_TEXT = ("a text", _is_text)
_LIST = ("a list", _is_list)
_TEXTS = ("a text or a list of texts", _is_text_or_list_of_texts)
_ANYTHING = ("anything", _is_anything)  # where it is read it is said what is wrong with it

# What holds something back; a cable alone has them, and `release` reads them.
_DEEDS = ("withhold", "embargo", "redact", "withdraw")
_OF_DEEDS = ("reason", "by", "when", "show", "show_reason", "show_count", "within_words")

# What a page that is no collection has by mistake.
_OF_COLLECTIONS = ("cables", "query")

_OF_ALL = {"kind": _TEXT, "draft": _ANYTHING}
_OF_PAGES = {**_OF_ALL, "title": _TEXT, "noindex": _TEXT, "aliases": _TEXTS}

FIELDS: Mapping[Kind, Mapping[str, tuple[str, _Fits]]] = {
    "cable": {
        **_OF_ALL,
        "noindex": _TEXT,
        "aliases": _TEXTS,
        "released": _TEXT,
        **dict.fromkeys((*_DEEDS, *_OF_DEEDS), _ANYTHING),
        # What an import writes.
        **dict.fromkeys(("source", "source_id", "import_digest", "extra"), _ANYTHING),
    },
    "page": _OF_PAGES,
    "collection": {
        **_OF_PAGES,
        "description": _TEXT,
        "cables": _LIST,
        "query": _TEXT,
        "feed": _TEXT,
    },
    "note": {**_OF_ALL, "cable": _TEXT, "paragraph": _TEXT, "by": _TEXT, "date": _TEXT},
}

# A file that an import has written has the fields of its dump, and nobody meant any of them for this program.
_OF_IMPORTS = "import_digest"

_SHORTEST = 4  # letters of a word for which another may have been meant
_LONG = 8  # letters of a word in which two may be wrong


def kind_problems(said: str, read_as: Kind, path: str, line: int | None) -> Iterator[Problem]:
    """What is wrong with the kind that front matter names; `read_as` is what the source is in spite of it."""
    if said == read_as:
        return
    if said in FIELDS:
        message = f"a file that ends in .{path.rpartition('.')[2]} is a {read_as}, and no {said}"
        next_step = f"it is read as a {read_as}; give it the ending .md, or take 'kind' out"
    else:
        near = _near(said, tuple(FIELDS))
        message = f"{said!r} is no kind of source{_hint(near)}"
        next_step = f"it is read as a {read_as}; the kinds are {', '.join(FIELDS)}"
    yield Problem(
        code="front-matter-kind",
        severity="warning",
        source=path,
        line=line,
        message=message,
        next_step=next_step,
    )


def field_problems(
    fields: Mapping[str, Any], kind: Kind, path: str, lines: Mapping[str, int]
) -> Iterator[Problem]:
    """What is wrong with the fields of a source: those that nobody reads, and those of another shape than they have."""
    known = FIELDS[kind]
    foreign: list[str] = []
    for key, value in fields.items():
        # The ledger's words may be written in any case, and `draft` in any front matter.
        name = key.strip().lower().replace("-", "_") if kind == "cable" or key.lower() == "draft" else key
        line = lines.get(key)
        if name in known:
            wanted, fits = known[name]
            if not fits(value):
                yield _problem(
                    "front-matter-value",
                    path,
                    line,
                    f"{key!r} is {_shape(value)}, where {wanted} belongs",
                    "mend it; until then it counts as left out",
                )
        elif kind != "cable" and key.strip().lower() in _DEEDS:
            yield _problem(
                "front-matter-release",
                path,
                line,
                f"{key!r} is for cables; a {kind} is held back by 'draft: true'",
                f"the {kind} is held back; write 'draft: true', or take the field out",
            )
        elif kind == "page" and key in _OF_COLLECTIONS:
            yield _problem(
                "front-matter-key",
                path,
                line,
                f"{key!r} is no field of a page, but of a collection",
                "it does nothing; write 'kind: collection' if the page is to list cables, or take it out",
            )
        elif near := _near(key, tuple(known)):
            yield _problem(
                "front-matter-key",
                path,
                line,
                f"{key!r} is no field of a {kind}{_hint(near)}",
                f"it does nothing; write {near!r}, or take it out",
            )
        elif kind == "cable":
            foreign.append(key)
        else:
            yield _problem(
                "front-matter-key",
                path,
                line,
                f"{key!r} is no field of a {kind}",
                f"it does nothing; take it out, or write one of {', '.join(known)}",
            )
    if foreign and _OF_IMPORTS not in fields:
        yield Problem(
            code="front-matter-foreign",
            severity="info",
            source=path,
            line=lines.get(foreign[0]),
            message=f"front matter has fields of its own: {', '.join(foreign)}",
        )


def speaks_of_release(fields: Mapping[str, Any]) -> bool:
    """Whether front matter has a word by which the ledger holds cables, or words of them, back."""
    return any(key.strip().lower() in _DEEDS for key in fields)


def _problem(code: str, path: str, line: int | None, message: str, next_step: str) -> Problem:
    return Problem(
        code=code, severity="warning", source=path, line=line, message=message, next_step=next_step
    )


def _hint(near: str) -> str:
    return f"; did you mean {near!r}?" if near else ""


def _shape(value: object) -> str:
    if isinstance(value, str):
        return "a text"
    return "a list" if isinstance(value, list) else "a list of names and values"


# An archive has the same few foreign fields in all its cables.
@lru_cache(maxsize=4096)
def _near(word: str, known: tuple[str, ...]) -> str:
    """The word that was meant; '' where that cannot be said."""
    word = word.strip().lower().replace("-", "_").replace(" ", "_")
    if len(word) > 2 * _LONG:
        return ""
    for meant in known:
        most = (len(meant) >= _SHORTEST) + (len(meant) >= _LONG)
        if distance(word, meant) <= most:
            return meant
    return ""
