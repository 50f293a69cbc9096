"""Text in XML: escaped, and without the characters that no XML can hold."""

import re

DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n'

# XML 1.0, 'Char'; and signs that turn the direction of what follows them.
_UNFIT = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\u2029\u202f-\u2065\u206a-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]"
)
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"})


def xml_text(text: str) -> str:
    """A text as it stands in an element or in an attribute in double quotation marks."""
    return _UNFIT.sub("\ufffd", text).translate(_ESCAPES)
