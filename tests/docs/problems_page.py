"""The list of all kinds of problems on content/docs/problems.md, written from the program's own table."""

import re

from generator.problem_codes import problem_codes

HEADING = "## Errors\n"

_TITLES = {"error": "## Errors\n", "warning": "## Warnings\n", "info": "## Notes\n"}

# What stands in backticks, and ids and names of files outside of them.
_CODE = re.compile(r"`[^`]*`|\b\d\d[A-Z]+\d+\b(?:\.txt)?|\bcontent/(?:\w+)?")


def problems_list() -> str:
    """The part of the page that lists them, the gravest first."""
    pieces = []
    for severity, title in _TITLES.items():
        pieces.append(title)
        for code in problem_codes().values():
            if code.severity == severity:
                pieces.append(f"### `{code.code}`\n")
                pieces.append(f"{_marked(code.meaning)} {_marked(code.kept)}\n")
                if code.to_do != "Nothing.":
                    pieces.append(f"*What to do:* {_marked(code.to_do)}\n")
    return "\n".join(pieces)


def _marked(sentence: str) -> str:
    return _CODE.sub(lambda found: found[0] if found[0].startswith("`") else f"`{found[0]}`", sentence)
