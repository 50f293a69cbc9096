"""Sentences of the program as a page of the documentation has them."""

import re

# What is code already, or should be: names in quotation marks, ids, which would be taken for cables, and paths.
_CODE = re.compile(
    r"`[^`]*`|(?<!\w)'(?P<quoted>[^'\s]+)'(?!\w)|\b\d\d[A-Z]+\d+\b(?:\.txt)?|\bcontent/\w*|\btemplates/\S*\b/?"
)


def with_code(sentence: str) -> str:
    """A sentence, its code between backticks and its lines joined."""
    return _CODE.sub(_between_backticks, " ".join(sentence.split()))


def _between_backticks(found: re.Match[str]) -> str:
    return found[0] if found[0].startswith("`") else f"`{found['quoted'] or found[0]}`"
