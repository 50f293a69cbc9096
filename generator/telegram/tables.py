"""Tables in the text: columns that only their blanks hold together.

Reflowing a table destroys it, reflowing nothing costs little; so in doubt lines are a table.
"""

import re
from collections.abc import Sequence

from generator.telegram.body_lines import BodyLines

# Blanks of three or more between two words, and how a column of figures goes on.
_GAPS = re.compile(r"\S(?:\s{3,}|\t+)(?=\S)")
_FIGURES = re.compile(r"\S(?:\s{3,}|\t+)[$(+-]?\d[\d.,%/() -]*\S?\s*\Z")
_RULE = re.compile(r"[\s|+]*[-=_][-=_\s|+]{3,}\Z")

# A gap behind the marker of a paragraph or an item is no column.
_MARKER = re.compile(r"\s*(?:¶?\s?\d{1,3}[.)]|--?|\*|o|\(?[A-Za-z0-9]{1,3}[.)])\s+(?:\([A-Z/]{1,8}\)\s+)?")


def is_tabular(line: str) -> bool:
    """Whether a line alone looks like a row: two gaps, one gap before a figure, or two bars."""
    if not _has_gap(line):
        return False
    if line.count("|") > 1:
        return True
    text = _MARKER.sub("", line, count=1).strip()
    return len(_GAPS.findall(text)) > 1 or _FIGURES.search(text) is not None


def _has_gap(text: str) -> bool:
    return "   " in text or "\t" in text or "|" in text


def find_tables(body: BodyLines) -> list[tuple[int, int]]:
    """First and last index of each run of rows; rules and single blank lines may stand between rows."""
    tables: list[tuple[int, int]] = []
    if not (body.has_gaps or "|" in body.whole) or not _has_gap(body.whole):
        return tables
    lines = body.texts
    index = 0
    while index < len(lines):
        if not is_tabular(lines[index]) or _opens_paragraph(lines[index]):
            index += 1
            continue
        first = last = index
        rows = 1
        at = index + 1
        while at < len(lines) and at <= last + 2:
            line = lines[at]
            if is_tabular(line) and not _opens_paragraph(line):
                rows += 1
                last = at
            elif _RULE.match(line):
                last = at
            elif line.strip() and at == last + 1 and not _is_row_title(lines, at):
                break
            at += 1
        if rows > 1:
            tables.append((_with_heading_rule(lines, first, tables), last))
            index = last + 1
        else:
            index += 1
    return tables


def _opens_paragraph(line: str) -> bool:
    return (
        re.match(r"\s{0,3}¶?\s?\d{1,3}\.\s", line) is not None
        and len(_GAPS.findall(_MARKER.sub("", line, count=1))) < 1
    )


def _is_row_title(lines: Sequence[str], at: int) -> bool:
    """A short line between two rows, such as the name of a group."""
    return len(lines[at].strip()) < 30 and at + 1 < len(lines) and is_tabular(lines[at + 1])


def _with_heading_rule(lines: Sequence[str], first: int, tables: Sequence[tuple[int, int]]) -> int:
    """A rule directly above the first row belongs to the table."""
    taken = tables[-1][1] if tables else -1
    return first - 1 if first - 1 > taken and _RULE.match(lines[first - 1]) else first
