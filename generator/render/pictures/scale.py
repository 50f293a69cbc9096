"""How numbers become lengths: what the pictures of the statistics share.

They are as wide as the page leaves them room, so that widths are percentages and heights pixels; text keeps its size.
"""

_STEPS = (1, 2, 5)  # and ten times those
_MOST_TICKS = 4

# Pixels of letters of 12, about, in the widest of common fonts.
_CAPITAL, _SMALL, _FOREIGN = 8.8, 7.5, 12.5


def percent(part: float, whole: float) -> str:
    """A share of a width: '12.5%'."""
    return f"{rounded(100 * part / whole)}%" if whole else "0%"


def rounded(number: float) -> str:
    """A number of a picture, to two decimals at most."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


def text_width(text: str) -> float:
    """How wide a label is at most, about, in pixels."""
    return sum(
        _FOREIGN if not letter.isascii() else _CAPITAL if letter.isupper() else _SMALL for letter in text
    )


def round_step(least: float) -> int:
    """The smallest of 1, 2, 5, 10, 20, 50, ... that is not below a number."""
    power = 1
    while True:
        for step in _STEPS:
            if step * power >= least:
                return step * power
        power *= 10


def ticks(most: int) -> tuple[int, ...]:
    """Two to four round numbers between 0 and the largest of a scale, for its lines; one where the largest is 1."""
    step = round_step(most / _MOST_TICKS)
    return tuple(range(step, most + 1, step))
