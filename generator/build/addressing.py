"""What the front matter of a source says of its addresses, turned into aliases, and where in the source it says so."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any
from urllib.parse import unquote

from generator.archive.address import cable_address
from generator.archive.aliases import Alias, BadAlias, alias_address, bad_alias
from generator.lexicon import Lexicon
from generator.problem import Problem
from generator.release.cleared import ClearedCable
from generator.release.ledger import Ledger
from generator.release.publication import ALIASES, RELEASED, Publication, read_publication
from generator.release.release import redact_text
from generator.telegram.reference_id import other_name

# What a problem with a field of front matter is called, and the field.
_FIELDS = {"alias-redacted": ALIASES, "released-unclear": RELEASED}

# Gives the line of a field of front matter, or of an alias in it; None where that is not known.
FindLine = Callable[[str], int | None]


def lines_of(front_matter: Mapping[str, Any], lines: Mapping[str, int]) -> FindLine:
    """What finds lines in front matter, by the lines of all that stands in it: see `FrontMatter.lines`."""
    if not front_matter:
        return nowhere

    def find(text: str) -> int | None:
        for key, value in front_matter.items():
            if key.strip().lower() == text:
                return lines.get(key)
            if key.strip().lower() == ALIASES:
                listed = value if isinstance(value, list) else [value]
                for at, one in enumerate(listed):
                    if isinstance(one, str) and unquote(one.strip()) == text:
                        return lines.get(f"{key}.{at}", lines.get(key))
        return None

    return find


def nowhere(_text: str) -> None:
    """A line that is not known."""
    return


def with_lines(problems: Iterable[Problem], find_line: FindLine) -> Iterator[Problem]:
    """Problems with front matter, each with its line."""
    for problem in problems:
        field = _FIELDS.get(problem.code)
        yield replace(problem, line=find_line(field)) if field else problem


def read_aliases(
    written: Iterable[str], path: str, find_line: FindLine
) -> tuple[tuple[Alias, ...], list[Problem]]:
    """The aliases that some texts are, each once, and what is wrong with the others."""
    aliases: dict[str, Alias] = {}
    problems: list[Problem] = []
    for text in written:
        line = find_line(text)
        try:
            address = alias_address(text)
        except BadAlias as reason:
            problems.append(bad_alias(path, line, text, str(reason)))
        else:
            aliases.setdefault(address, Alias(address, line or 0))
    return tuple(aliases.values()), problems


def aliases_of_cable(
    cable: ClearedCable, lexicon: Lexicon, ledger: Ledger, find_line: FindLine
) -> tuple[tuple[Alias, ...], list[Problem]]:
    """The aliases of a cable, the address under its id by another name of its post among them."""
    aliases: tuple[Alias, ...] = ()
    problems: list[Problem] = []
    if cable.aliases:
        aliases, problems = read_aliases(cable.aliases, cable.path, find_line)
    if cable.id is not None and (other := other_name(cable.id, lexicon)) and _is_clean(other, ledger):
        aliases = (*aliases, Alias(cable_address(other, cable.date, cable.date_precision)))
    return aliases, problems


@lru_cache(maxsize=1000)
def _is_clean(name: str, ledger: Ledger) -> bool:
    return not redact_text(name, ledger=ledger)[1]


def publication_of_page(front_matter: Mapping[str, Any], ledger: Ledger) -> Publication:
    """What front matter says of how a page is published."""
    return read_publication(front_matter, lambda text: not redact_text(text, ledger=ledger)[1])
