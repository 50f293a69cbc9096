"""The list of everything that can be told of an archive: problem_codes.tsv, beside this module.

The table is the documentation. `cablepress check --explain CODE` prints a row of it, the site's page on the health
of the archive takes its words from it, and the README links to it. A new code is one new line there; a test
compares the table with the codes that the program uses.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import cast

from generator.problem import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemCode:
    """What a code stands for, in sentences with their full stops."""

    code: str  # 'tag-unknown'
    severity: Severity
    meaning: str  # what is the case
    kept: str  # what became of the words concerned
    to_do: str  # what an editor can do; 'Nothing.' where the repair is all that was needed


@cache
def problem_codes() -> Mapping[str, ProblemCode]:
    """Every code, in alphabetical order."""
    text = resources.files("generator").joinpath("problem_codes.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines()[1:]]
    return {
        code: ProblemCode(
            code=code, severity=cast(Severity, severity), meaning=meaning, kept=kept, to_do=to_do
        )
        for code, severity, meaning, kept, to_do in rows
    }
