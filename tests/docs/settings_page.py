"""The list of all settings on content/docs/settings.md, written from what the program says of each.

A setting is a field of `Settings`, or of the table that such a field is: its name, its type, its default, and the `about`
and `example` of its metadata. A new table needs nothing here.
"""

import json
from collections.abc import Iterator
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from types import NoneType, UnionType
from typing import Any, Union, cast, get_args, get_origin, get_type_hints

from docs.words import with_code

from generator.settings import Settings

HEADING = "## All settings\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A setting as the page has it."""

    name: str  # 'title', 'search.enabled'
    table: str  # '', '[search]': what stands above it in a file
    kind: str
    default: str
    about: str
    example: str  # TOML


def settings_entries() -> Iterator[Entry]:
    """Every setting, in the order of the program."""
    yield from _entries(Settings, ())


def settings_list() -> str:
    """The part of the page that lists them."""
    pieces = [HEADING]
    table = None
    for entry in settings_entries():
        if entry.table != table and entry.table:
            pieces.append(f"### `{entry.table}`\n")
            if about := _about_of(entry.table.strip("[]")):
                pieces.append(f"{about}\n")
        elif table is None:
            pieces.append("### Of the whole site\n")
        table = entry.table
        is_own_table = entry.table == f"[{entry.name}]"
        if not is_own_table:
            pieces.append(f"#### `{entry.name}`\n")
        pieces.append(f"{entry.about}\n")
        pieces.append(f"{entry.kind}. {entry.default}\n")
        pieces.append(f"```toml\n{entry.example}\n```\n")
    return "\n".join(pieces)


def _entries(table: type, path: tuple[str, ...]) -> Iterator[Entry]:
    hints = get_type_hints(table)
    own = [key for key in fields(table) if not _is_table(hints[key.name])]
    for key in [*own, *(key for key in fields(table) if key not in own)]:
        hint = hints[key.name]
        if is_dataclass(hint) and isinstance(hint, type):
            yield from _entries(hint, (*path, key.name))
            continue
        below = (*path, key.name) if _is_table(hint) else path
        yield Entry(
            name=".".join((*path, key.name)),
            table=f"[{'.'.join(below)}]" if below else "",
            kind=_kind(hint),
            default=_default(key),
            about=with_code(key.metadata["about"]),
            example=_example(key, below),
        )


def _is_table(hint: Any) -> bool:
    """Whether a setting is a table of its own: another dataclass, or pairs, posts, words by their keys."""
    if is_dataclass(hint) or get_origin(hint) in (dict, frozenset):
        return True
    return get_origin(hint) is tuple and get_args(hint)[0] not in (str, int, float)


def _kind(hint: Any) -> str:
    if get_origin(hint) in (Union, UnionType):
        kinds = [_kind(one) for one in get_args(hint) if one is not NoneType]
        return ", or ".join([kinds[0], *(kind[0].lower() + kind[1:] for kind in kinds[1:])])
    if _is_table(hint):
        return "A table"
    if get_origin(hint) is tuple:
        return "A list"
    return {str: "A text", int: "A whole number", bool: "`true` or `false`", float: "A number"}.get(
        hint, "A text"
    )


def _default(key: Field[Any]) -> str:
    default = key.default if key.default is not MISSING else cast(Any, key.default_factory)()
    match default:
        case None:
            return "Not set by default."
        case "" | ():
            return "Empty by default."
        case tuple() if all(isinstance(one, str) for one in default):
            return f"The default is `{json.dumps(default)}`."
        case str() | int() | float():
            return f"The default is `{json.dumps(default)}`."
        case _:
            return "The built-in ones by default."


def _example(key: Field[Any], below: tuple[str, ...]) -> str:
    default = key.default if key.default is not MISSING else None
    lines = list(key.metadata.get("example") or [f"{key.name} = {json.dumps(default)}"])
    if below and not lines[0].startswith("["):
        lines.insert(0, f"[{'.'.join(below)}]")
    return "\n".join(lines)


def _about_of(path: str) -> str:
    """What is said of a table that has keys of its own."""
    table: Any = Settings
    about = ""
    for name in path.split("."):
        key = next(key for key in fields(table) if key.name == name)
        about, table = key.metadata.get("about", ""), get_type_hints(table)[name]
    return with_code(about) if is_dataclass(table) else ""
