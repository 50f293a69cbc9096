"""The list of all kinds of problems on content/docs/problems.md, written from the program's own table."""

from docs.words import with_code

from generator.problem_codes import problem_codes

HEADING = "## Errors\n"

_TITLES = {"error": "## Errors\n", "warning": "## Warnings\n", "info": "## Notes\n"}


def problems_list() -> str:
    """The part of the page that lists them, the gravest first."""
    pieces = []
    for severity, title in _TITLES.items():
        pieces.append(title)
        for code in problem_codes().values():
            if code.severity == severity:
                pieces.append(f"### `{code.code}`\n")
                pieces.append(f"{with_code(code.meaning)} {with_code(code.kept)}\n")
                if code.to_do != "Nothing.":
                    pieces.append(f"*What to do:* {with_code(code.to_do)}\n")
    return "\n".join(pieces)
