"""What the front matter of a collection says: which cables it lists, with what remarks, and what is wrong with that.

kind: collection
title: The pass
description: One sentence for the list of collections.
cables:
  - 08ZENDA12
  - 08ZENDA13: What the old man had to say.
  - id: 08STRELSAU777
    comment: The morning after.
query: tag:ETRD from:strelsau 2007..2009
"""

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from msgspec import Struct

from generator.lexicon import Lexicon
from generator.telegram.reference_id import canonical_id


class ListedCable(Struct, frozen=True, kw_only=True):
    """A cable that a collection names."""

    id: str  # canonical
    place: str  # of front matter, 'cables.0'
    comment: str = ""  # a line of Markdown


class CollectionFault(Struct, frozen=True, kw_only=True):
    """What is wrong with the front matter of a collection."""

    code: str
    place: str  # of front matter, 'cables.0'
    message: str
    next_step: str


class CollectionSource(Struct, frozen=True, kw_only=True):
    """What a collection lists."""

    description: str
    cables: tuple[ListedCable, ...]  # each once
    query: str  # '' for none
    faults: tuple[CollectionFault, ...]


_FORMS = "write '- 08LONDON123', '- 08LONDON123: a comment', or 'id:' and 'comment:'"


def read_collection(
    path: str, title: str, front_matter: Mapping[str, Any], lexicon: Lexicon
) -> CollectionSource:
    """Read what the front matter of the page at a path says; entries that name no cable are left out."""
    faults: list[CollectionFault] = []
    cables: dict[str, ListedCable] = {}
    written = front_matter.get("cables")
    entries = written if isinstance(written, list) else []  # of anything else the front matter's reader tells
    for at, entry in enumerate(entries):
        place = f"cables.{at}"
        named = _named(entry)
        if named is None:
            faults.append(
                _problem(place, "an entry of 'cables' cannot be read", _FORMS, code="collection-entry")
            )
            continue
        name, comment = named
        id_ = canonical_id(name, lexicon)
        if id_ is None:
            faults.append(_no_cable(name, place, path, title))
        elif id_ in cables:
            faults.append(
                _problem(
                    place,
                    f"{id_} is listed twice",
                    "the first counts; take the other out",
                    code="collection-twice",
                )
            )
        else:
            cables[id_] = ListedCable(id=id_, place=place, comment=comment)
    query = _text(front_matter.get("query"))
    if not entries and not query:
        faults.append(
            _problem(
                "kind",
                "the collection lists no cable",
                "name some under 'cables:', or give a 'query:'",
                code="collection-empty",
            )
        )
    return CollectionSource(
        description=_text(front_matter.get("description")),
        cables=tuple(cables.values()),
        query=query,
        faults=tuple(faults),
    )


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _named(entry: object) -> tuple[str, str] | None:
    """The name and the comment of an entry; None where it has another shape."""
    if isinstance(entry, str):
        return entry.strip(), ""
    if not isinstance(entry, dict):
        return None
    pairs = list(_texts(entry))
    if len(pairs) != len(entry):
        return None
    if entry.keys() <= {"id", "comment"}:
        return (entry["id"].strip(), entry.get("comment", "").strip()) if "id" in entry else None
    return (pairs[0][0].strip(), pairs[0][1].strip()) if len(pairs) == 1 else None


def _texts(entry: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for name, value in entry.items():
        if isinstance(value, str):
            yield name, value


def _no_cable(name: str, place: str, path: str, title: str) -> CollectionFault:
    pure = PurePosixPath(path)
    own = {path, str(pure.with_suffix("")), pure.name, pure.stem, title}
    if name.removesuffix(".html").casefold() in {one.casefold() for one in own}:
        return _problem(place, "the collection lists itself", "take the entry out", code="collection-itself")
    return _problem(
        place, f"{name} is no reference id of a cable", "write it as 08LONDON123", code="collection-entry"
    )


def _problem(place: str, message: str, next_step: str, *, code: str) -> CollectionFault:
    return CollectionFault(code=code, place=place, message=message, next_step=next_step)
