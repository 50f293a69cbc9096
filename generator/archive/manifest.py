"""The lines of a manifest, in BagIt's format: `<SHA-256>  <path>`.

RFC 8493, 2.1.3. Paths are those of the site, with '/', and have CR, LF and '%' percent-encoded; those of our own files need
none of that. `sha256sum -c` and `shasum -a 256 -c` read the same lines.
"""

import re

import msgspec

_LINE = re.compile(rb"([0-9A-Fa-f]{64})  ([^\r\n]+)")
_ENCODED = re.compile("%(0[AaDd]|25)")
_OUTSIDE = frozenset(("", ".", ".."))


class ListedFile(msgspec.Struct, frozen=True, array_like=True):
    """A file that a manifest lists."""

    address: str
    sha256: bytes


def manifest_line(file: ListedFile) -> bytes:
    """The line of a file."""
    address = file.address.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return f"{file.sha256.hex()}  {address}\n".encode("utf-8", "surrogateescape")


def read_line(line: bytes) -> ListedFile | None:
    """The file that a line, without its end, lists; None where it is no such line, or leads out of the site."""
    found = _LINE.fullmatch(line)
    if found is None:
        return None
    try:
        written = found[2].decode()
    except UnicodeDecodeError:
        return None
    address = _ENCODED.sub(lambda code: chr(int(code[1], 16)), written)
    if not _OUTSIDE.isdisjoint(address.split("/")):
        return None
    return ListedFile(address, bytes.fromhex(found[1].decode()))
