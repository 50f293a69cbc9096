"""Where a link leads: to a file of the site and a place in it, out of the site, or to what no copy of the site has."""

import re
from typing import Literal
from urllib.parse import unquote_to_bytes

# 'own' is a place in the page itself; a 'root' link begins with '/', and is another below '/repository/'; an 'outside'
# link climbs out of the folder; an 'elsewhere' link is none of ours.
Way = Literal["file", "own", "root", "outside", "elsewhere"]

_SCHEME = re.compile(rb"[a-zA-Z][a-zA-Z0-9+.-]*:").match
_BLANKS = bytes(range(0x21))
_BREAKS = re.compile(rb"[\t\n\r]")


def follow(folder: bytes, link: bytes, site_url: bytes = b"") -> tuple[Way, bytes, bytes]:
    """Where a link on a page in a folder leads: the way, the address, and the place in it, '' for none.

    `folder` ends in '/' where it is not the top. A link that begins with `site_url` is one of the site's own. An address
    that ends in '/' stands for the `index.html` in it.
    """
    link = link.strip(_BLANKS)
    if b"\n" in link or b"\t" in link or b"\r" in link:
        link = _BREAKS.sub(b"", link)
    if site_url and (link.startswith(site_url) or link == site_url[:-1]):
        folder, link = b"", link[len(site_url) :] or b"index.html"
        if link[:1] in (b"#", b"?"):
            link = b"index.html" + link
    elif link.startswith(b"file:"):
        return "outside", link, b""
    elif link.startswith(b"//") or _SCHEME(link):
        return "elsewhere", link, b""
    path, _, place = link.partition(b"#")
    place = _place(place)
    path = path.partition(b"?")[0]
    if not path:
        return "own", b"", place
    if path.startswith(b"/"):
        return "root", link, b""
    if b"%" in path:
        path = unquote_to_bytes(path)
    parts: list[bytes] = []
    for part in (folder + path).split(b"/"):
        if part == b"..":
            if not parts:
                return "outside", link, b""
            parts.pop()
        elif part and part != b".":
            parts.append(part)
    if not parts or path.endswith((b"/", b"/.", b"/..")) or path in (b".", b".."):
        parts.append(b"index.html")
    return "file", b"/".join(parts), place


def _place(fragment: bytes) -> bytes:
    """The id that a fragment names; '' for the top of the page, and for what only a script reads."""
    fragment = fragment.partition(b":~:")[0]
    if b"%" in fragment:
        fragment = unquote_to_bytes(fragment)
    return b"" if fragment.lower() == b"top" else fragment
