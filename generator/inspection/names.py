"""Which names of files a copy of the site cannot have on Windows or macOS, and which two become one there."""

import re
import unicodedata
from collections.abc import Iterator

from generator.archive.address import is_device

_FORBIDDEN = re.compile(r"[<>:\"|?*\\]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_NO_TEXT = re.compile(r"[\ud800-\udfff]")
_IN_ORDER = re.compile(r"[A-Za-z0-9=_~-][A-Za-z0-9=_~.-]*[A-Za-z0-9=_~-]|[A-Za-z0-9=_~-]").fullmatch

_LONGEST_NAME = 255  # bytes
_LONGEST_PATH = 200  # letters; Windows takes 260, and the folder that holds the site needs some


def faults_of_name(address: str) -> Iterator[str]:
    """What is wrong with the names in an address, each as a sentence without a full stop."""
    for part in address.split("/"):
        if is_device(part):
            yield f"Windows keeps the name {part!r} for a device"
        if _IN_ORDER(part) and len(part) <= _LONGEST_NAME:
            continue
        if found := _FORBIDDEN.search(part):
            yield f"no name may have {found[0]!r} on Windows"
        if _CONTROL.search(part):
            yield "a name has a control character, which Windows does not allow"
        if _NO_TEXT.search(part):
            yield "a name is no text: its bytes are no UTF-8"
        if part.endswith((".", " ")):
            yield f"a name ends in {'a full stop' if part.endswith('.') else 'a blank'}, which Windows takes away"
        if len(part.encode("utf-8", "surrogatepass")) > _LONGEST_NAME:
            yield f"a name has more than {_LONGEST_NAME} bytes"


def is_long(address: str) -> bool:
    """Whether an address is so long that Windows may have no place for it."""
    return len(address) > _LONGEST_PATH


def folded(address: str) -> str:
    """What an address is to a system that minds neither capitals nor how an accent is written.

    Two files of a site whose addresses are folded into the same are one file there.
    """
    if address.isascii():
        return address.lower()
    return unicodedata.normalize("NFD", unicodedata.normalize("NFD", address).casefold())
