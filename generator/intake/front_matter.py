"""Front matter: a YAML block between two lines of three dashes, at the very start of a file.

Every scalar is read as text: YAML would make False of `NO`, Norway's TAGS code, and 83 of the serial `0123`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

_FENCE = "---"
_LONGEST = 400  # lines


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """The fields above a text, and where the text begins."""

    fields: Mapping[str, Any]  # scalars are str; lists and mappings hold str
    first_line: int  # 1-based line of the text
    text: str
    fault: str = ""  # why the block could not be read; it is part of `text` then
    fault_line: int | None = None


def split_front_matter(source: str) -> FrontMatter:
    """Split a source into front matter and text; without front matter all of it is text."""
    lines = source.splitlines(keepends=True)
    if not lines or lines[0].strip() != _FENCE or not lines[0].startswith(_FENCE):
        return FrontMatter(fields={}, first_line=1, text=source)
    end = next((at for at in range(1, min(len(lines), _LONGEST)) if lines[at].rstrip() == _FENCE), None)
    if end is None:
        return _broken(source, "the front matter has no end; a line '---' is missing", 1)
    try:
        fields = yaml.load("".join(lines[1:end]), Loader=yaml.BaseLoader)  # noqa: S506 - it makes text only
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or "it is no valid YAML"
        return _broken(source, f"the front matter cannot be read: {reason}", mark.line + 2 if mark else 1)
    if fields is None or fields == "":
        fields = {}
    if not isinstance(fields, dict):
        return _broken(source, "the front matter is no list of 'name: value'", 2)
    return FrontMatter(fields=fields, first_line=end + 2, text="".join(lines[end + 1 :]))


def _broken(source: str, fault: str, line: int) -> FrontMatter:
    return FrontMatter(fields={}, first_line=1, text=source, fault=fault, fault_line=line)
