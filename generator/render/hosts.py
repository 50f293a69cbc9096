"""Files that some hosts of static sites read beside those that they serve: `_headers` and `_redirects`.

Cloudflare Pages, Netlify and others agree on their form as far as it is used here. A line of `_headers` that does not begin
with a blank is a path, in which one '*' stands for anything; the lines set in below it are headers. Where several paths
fit, one host takes all their headers and another the last of a name: so no header is said twice of one address.
"""

from collections.abc import Iterable, Mapping

from generator.archive.address import DATA_FILES, HUMANS, MANIFEST
from generator.archive.moves import Rule
from generator.render.frame import CONTENT_SECURITY_POLICY
from generator.settings import Settings

# What is said of a path, by the names of headers.
_Rules = Mapping[str, Mapping[str, str]]

# A page may not be shown inside that of another site. This a page cannot say itself, all else it does.
_POLICY = f"{CONTENT_SECURITY_POLICY}; frame-ancestors 'none'"

_NO_DEVICES = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"

_UTF_8 = "text/plain; charset=utf-8"

# Scripts of any site may read it.
_ANYONE = {"Access-Control-Allow-Origin": "*"}

# No name of ours tells what a file holds, so nothing may be kept for ever. Pages are left to the hosts, which have a browser
# ask each time: what is withheld today is to be gone today.
_TEN_MINUTES = "public, max-age=600"

# Feeds are left to the hosts too: as application/xml a browser shows them with their stylesheet, as
# application/atom+xml it does not, and feed readers take either.
_RULES: _Rules = {
    "/*": {
        "Content-Security-Policy": _POLICY,
        "Permissions-Policy": _NO_DEVICES,
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
    },
    "/assets/*": {"Cache-Control": _TEN_MINUTES},
    f"/{DATA_FILES}*": _ANYONE,
    f"/{DATA_FILES}*.csv": {"Content-Type": "text/csv; charset=utf-8"},
    f"/{DATA_FILES}*.jsonl": {"Content-Type": "application/jsonl; charset=utf-8"},
    f"/{DATA_FILES}*.sqlite": {"Content-Type": "application/vnd.sqlite3"},
    f"/{HUMANS}": {"Content-Type": _UTF_8},
    f"/{MANIFEST}": {"Content-Type": _UTF_8},
}


# Of a split archive, whose search asks all parts for pieces of the index, and for cables to cut passages from.
_RULES_OF_PARTS: _Rules = {"/search/*": _ANYONE, "/cable/*": _ANYONE}


def make_headers(settings: Settings) -> str:
    """`_headers`: what a host is to say beside each file."""
    rules = {**_RULES, **(_RULES_OF_PARTS if settings.publish.split else {})}
    return "\n".join(_rule(path, headers) for path, headers in rules.items())


def _rule(path: str, headers: Mapping[str, str]) -> str:
    lines = [path, *(f"  {name}: {value}" for name, value in headers.items())]
    return "".join(f"{line}\n" for line in lines)


def make_redirects(rules: Iterable[Rule]) -> str:
    """`_redirects`: where old addresses lead."""
    return "".join(f"{rule.line}\n" for rule in rules)
