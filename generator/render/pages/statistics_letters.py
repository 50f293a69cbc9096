"""Statistics of who wrote to whom: a matrix of the largest senders and addressees."""

from collections.abc import Mapping

from msgspec import Struct

from generator.archive.address import STATISTICS, facet_address, relative
from generator.archive.statistics import Correspondence
from generator.lexicon import Lexicon
from generator.render.pages.figures import FigureRow, FigureTable, others
from generator.render.pages.values import value_label
from generator.render.pictures.matrix import Matrix, make_matrix
from generator.render.words import counted, place_of_post, shortened

_NAME = 24  # letters of a name in a picture


class ByAddressee(Struct, frozen=True, kw_only=True):
    """Who wrote to whom."""

    says: str
    notes: tuple[str, ...]
    matrix: Matrix
    table: FigureTable


def by_addressee(found: Correspondence, lexicon: Lexicon) -> ByAddressee:
    """Who wrote to whom, where anyone did."""
    posts = {*found.senders, *found.addressees}
    names = {key: value_label("origin", key, lexicon) for key in posts}
    short = _short_names(names)
    senders = [*found.senders, *([""] if found.other_senders else [])]
    addressees = [*found.addressees, *([""] if found.other_addressees else [])]
    other_senders = others(found.other_senders, "sender")
    other_addressees = others(found.other_addressees, "addressee")
    count, row, column = max(
        (found.cells[row][column], -row, -column)
        for row in range(len(found.senders))
        for column in range(len(found.addressees))
    )
    says = _busiest(names[senders[-row]], names[addressees[-column]], count, found.sent[-row])
    notes = [
        "A cable to several addressees counts for each of them; the stronger the colour, the more cables."
    ]
    if found.nameless:
        notes.append(f"{counted(found.nameless, 'cable')} of unknown senders are left out.")
    return ByAddressee(
        says=says,
        notes=tuple(notes),
        matrix=make_matrix(
            [(short.get(key, other_senders), _post_href(key, found)) for key in senders],
            [(short.get(key, other_addressees), _post_href(key, found)) for key in addressees],
            found.cells,
            shaded=(len(found.senders), len(found.addressees)),
            name=f"Cables by sender and addressee. {says}",
        ),
        table=FigureTable(
            caption="Cables by sender and addressee",
            heads=("From", *(f"To {names.get(key, other_addressees)}" for key in addressees), "Cables"),
            rows=tuple(
                FigureRow(
                    label=names.get(key, other_senders),
                    href=_post_href(key, found),
                    cells=tuple(f"{count:,}" for count in (*cells, sent)),
                )
                for key, cells, sent in zip(senders, found.cells, found.sent, strict=True)
            ),
        ),
    )


def _busiest(sender: str, addressee: str, count: int, sent: int) -> str:
    if count <= 1:
        return "No post sent more than one cable to another."
    share = f"all {count:,}" if count == sent else f"{count:,} of the {sent:,}"
    return f"The busiest line is from {sender} to {addressee}: {share} cables from there that name an addressee went to it."


def _short_names(names: Mapping[str, str]) -> dict[str, str]:
    """Names for a picture: where a post is, or all of it where two posts are at one place."""
    places = {key: shortened(place_of_post(name), _NAME) for key, name in names.items()}
    seen = [*places.values()]
    return {
        key: place if seen.count(place) == 1 else shortened(names[key], _NAME)
        for key, place in places.items()
    }


def _post_href(key: str, found: Correspondence) -> str:
    return relative(STATISTICS, facet_address("origin", key)) if key in found.origins else ""
