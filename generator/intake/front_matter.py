"""Front matter: a YAML block between two lines of three dashes, at the very start of a file.

Every scalar is read as text: YAML would make False of `NO`, Norway's TAGS code, and 83 of the serial `0123`.
A block that cannot be read stays in the text, where its author will see it; but if it speaks of a draft, the
source counts as one, since the word that would hold it back must not be lost to a misplaced colon.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

_LONGEST = 400  # lines
_LINE_END = re.compile(r"\r\n?|\n")
_FENCE = re.compile(r"---[ \t]*(?:\r\n?|\n|\Z)")
_DRAFT = re.compile(r"[ \t]*[\"']?draft\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """The fields above a text, and where the text begins."""

    fields: Mapping[str, Any]  # scalars are str; lists and mappings hold str
    first_line: int  # 1-based line of the text
    text: str
    fault: str = ""  # why the block could not be read; it is part of `text` then
    fault_line: int | None = None


class _TextLoader(yaml.BaseLoader):
    """Makes text of every scalar, and refuses aliases: they can make a small block endless."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):  # type: ignore[no-untyped-call]
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.composer.ComposerError(None, None, "an alias ('*name') has no place here", mark)
        return super().compose_node(parent, index)


def split_front_matter(source: str) -> FrontMatter:
    """Split a source into front matter and text; without front matter all of it is text."""
    opening = _FENCE.match(source)
    if opening is None:
        return FrontMatter(fields={}, first_line=1, text=source)
    start, end, lines = opening.end(), opening.end(), 0
    while lines < _LONGEST and end < len(source):
        lines += 1
        if closing := _FENCE.match(source, end):
            return _read(source, source[start:end], text=source[closing.end() :], first_line=lines + 2)
        line_end = _LINE_END.search(source, end)
        end = line_end.end() if line_end else len(source)
    return _broken(source, source[start:end], "the front matter has no end; a line '---' is missing", 1)


def _read(source: str, block: str, *, text: str, first_line: int) -> FrontMatter:
    try:
        fields = yaml.load(block, Loader=_TextLoader)  # noqa: S506 - it makes text only
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or "it is no valid YAML"
        return _broken(
            source, block, f"the front matter cannot be read: {reason}", mark.line + 2 if mark else 1
        )
    except RecursionError:
        return _broken(source, block, "the front matter cannot be read: it is nested too deeply", 1)
    if not fields:
        fields = {}
    if not isinstance(fields, dict):
        return _broken(source, block, "the front matter is no list of 'name: value'", 2)
    return FrontMatter(fields=fields, first_line=first_line, text=text)


def _broken(source: str, block: str, fault: str, line: int) -> FrontMatter:
    speaks_of_draft = any(_DRAFT.match(written) for written in _LINE_END.split(block))
    fields = {"draft": "true"} if speaks_of_draft else {}
    return FrontMatter(fields=fields, first_line=1, text=source, fault=fault, fault_line=line)
