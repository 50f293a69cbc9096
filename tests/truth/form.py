"""What a form is: a way in which telegrams are written, with what it means.

A telegram is written zone by zone ('routing', 'dtg', 'references'); each zone has a table of forms, and the first of
those that suit an era is its plain one. A form writes lines and says, in the words of `Cable.to_dict()`, what a
historian would read in them. A value may be `UNSURE`, where the reference leaves the reading open, or `AnyOf`,
where it allows several.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from truth.scene import Scene

ERAS = ("1966", "1973", "1980", "1990", "2005", "newspaper", "extract")
OLD = frozenset({"1966", "1973", "1980"})  # upper case, no routing indicators before the names
MODERN = frozenset({"1990", "2005", "newspaper", "extract"})
SENT = frozenset({"1966", "1973", "1980", "1990", "2005"})  # those that keep a transmission header


class Unsure:
    """Whatever is read is right, as long as the words are kept."""

    def __repr__(self) -> str:
        return "UNSURE"


UNSURE = Unsure()


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Each of these readings is right."""

    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """What a form wrote, and what it means."""

    lines: tuple[str, ...]
    truth: Mapping[str, Any] = field(default_factory=dict)
    # Whether a Problem must point at these lines (True), must not be a warning (False), or may be either (None).
    told: bool | None = False


Writer = Callable[["Scene"], Piece]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One way of writing a zone."""

    zone: str
    name: str  # 'references/post-left-out'
    write: Writer
    eras: frozenset[str]


class Zone:
    """The table of a zone's forms."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.forms: list[Form] = []

    def form(self, *eras: str) -> Callable[[Writer], Writer]:
        """Add the function below as a form named after it."""

        def add(write: Writer) -> Writer:
            self.add(write.__name__.strip("_").replace("_", "-"), write, *eras)
            return write

        return add

    def add(self, name: str, write: Writer, *eras: str) -> None:
        """Add a form of the given eras, of all eras where none is given."""
        chosen = frozenset(eras) if eras else frozenset(ERAS)
        self.forms.append(Form(zone=self.name, name=f"{self.name}/{name}", write=write, eras=chosen))

    def of_era(self, era: str) -> list[Form]:
        return [form for form in self.forms if era in form.eras]

    def __iter__(self) -> Iterator[Form]:
        return iter(self.forms)


def line(*lines: str, told: bool | None = False, **truth: object) -> Piece:
    """A piece from its lines and its truth."""
    return Piece(lines=lines, truth=truth, told=told)


def rows(zone: Zone, table: Mapping[str, Writer], *eras: str) -> None:
    """Add a table of forms."""
    for name, write in table.items():
        zone.add(name, write, *eras)
