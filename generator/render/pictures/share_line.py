"""A line from one share to another: a hollow point where it was, a full one where it came to, the shares beside them."""

from msgspec import Struct

from generator.render.pictures.scale import percent


class ShareLine(Struct, frozen=True, kw_only=True):
    """How a share changed."""

    name: str  # what the picture shows, for those who do not see it
    first: str  # where it was, '12.5%' of the width
    last: str
    first_text: str  # '9.4%', the share itself
    last_text: str
    is_rise: bool


def make_share_line(first: tuple[int, int], last: tuple[int, int], most: float) -> ShareLine:
    """The way from a share to another, each so many of so many, where the whole width stands for `most` of 1."""
    (in_first, of_first), (in_last, of_last) = first, last
    first_text, last_text = share_in_words(*first), share_in_words(*last)
    return ShareLine(
        name=f"From {first_text} to {last_text}",
        first=percent(in_first / of_first, most),
        last=percent(in_last / of_last, most),
        first_text=first_text,
        last_text=last_text,
        is_rise=in_last * of_first > in_first * of_last,
    )


def share_in_words(count: int, whole: int) -> str:
    """'9.4%', '45%', '0%', 'below 0.1%'."""
    thousandths = (2000 * count + whole) // (2 * whole)
    if thousandths >= 100 or not count:
        return f"{(200 * count + whole) // (2 * whole)}%"
    return f"{thousandths / 10:.1f}%" if thousandths else "below 0.1%"
