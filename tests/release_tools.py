"""What the tests of release share: a telegram with every field, and a short way to release it."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import msgspec

from generator.release.cleared import ClearedCable
from generator.release.ledger import read_ledger
from generator.release.release import Release, release
from generator.telegram.cable import Cable
from generator.telegram.parse import parse_cable

PATH = "2008/08STRELSAU123.txt"

TELEGRAM = """\
VZCZCXRO0042
PP RUEHAA RUEHBB
DE RUEHXX #0123/01 0451230
ZNY CCCCC ZZH
P 141230Z FEB 08
FM AMEMBASSY STRELSAU
TO RUEHC/SECSTATE WASHDC PRIORITY 0456
INFO RUCNRUR/RURITANIA COLLECTIVE, XMT AMCONSUL ZENDA

C O N F I D E N T I A L STRELSAU 000123

NOFORN
SIPDIS

STATE FOR EUR/RUR

E.O. 12958: DECL: 02/14/2018
TAGS: PREL, PGVO, QR
SUBJECT: (U) SALT

REF: A. STATE 9876
     B. E-MAIL OF 12 FEB

Classified By: Ambassador R. Rassendyll. Reason: 1.4 (b) and (d).

1. (U) SUMMARY: Salt and tin. END SUMMARY.

SALT
----

2. (C) Three points, said the count:

-- one
-- two

STRELSAU 00000123  002 OF 002

3. (U) The end of the matter.

RASSENDYLL
"""


def parsed(text: str = TELEGRAM, *, path: str = PATH) -> Cable:
    return parse_cable(text, source=path)


def outcome(
    cable: Cable,
    ledger: str = "",
    front_matter: Mapping[str, Any] | None = None,
    *,
    path: str = PATH,
    today: date = date(2026, 1, 1),
) -> Release:
    return release(cable, path=path, front_matter=front_matter or {}, ledger=read_ledger(ledger), today=today)


def cleared(
    cable: Cable, ledger: str = "", front_matter: Mapping[str, Any] | None = None, *, path: str = PATH
) -> ClearedCable:
    released = outcome(cable, ledger, front_matter, path=path)
    assert released.cleared is not None
    assert released.withheld is None
    return released.cleared


# Words of ours for what a thing is, which no telegram decides; a problem's code is one, a tag's is not.
OURS = frozenset({"kind", "role", "anchor", "date_precision", "severity"})


def strings(value: object) -> Iterator[str]:
    """Every string of a telegram's that stands in a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        ours = OURS | {"code"} if "severity" in value else OURS
        for key, inner in value.items():
            if key not in ours:
                yield from strings(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from strings(inner)


def fields_of(value: object) -> Any:
    """A value as lists and dicts, its fields by their names, which are not written where it is stored."""
    if isinstance(value, msgspec.Struct):
        return {name: fields_of(getattr(value, name)) for name in value.__struct_fields__}
    if isinstance(value, tuple):
        return [fields_of(inner) for inner in value]
    return msgspec.to_builtins(value)


def all_strings(cable: Cable) -> list[str]:
    """Every string of a cable, and those of its parts and its blocks as one text too."""
    fields = fields_of(cable)
    body = list(strings(fields["body"]))
    return [*strings(fields), "".join(part["text"] for part in fields["parts"]), "\n".join(body)]
