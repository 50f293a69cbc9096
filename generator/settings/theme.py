"""What a project may set of the looks of its site: `[theme]` of the settings.

Colours and fonts become custom properties of the stylesheet, so that nothing which could leave a declaration is let in.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePath

from generator.settings.values import UnfitError, ValueReader, read_folder, read_table

# Custom properties of the stylesheet, in its order.
COLOURS = tuple(
    "paper ink quiet line tint link visited accent unclassified confidential secret top-secret".split()
)

_PICTURES = frozenset({".avif", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp"})

_COLOUR = re.compile(r"#(?:[0-9A-Fa-f]{3}){1,2}")

# One name, bare or in quotes.
_FONT = re.compile(r"""(?:-?[A-Za-z][\w-]*(?: [A-Za-z][\w-]*)*|"[\w .&+-]+"|'[\w .&+-]+')""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """The looks of a site. `about` in a field's metadata is its documentation."""

    serif: str = field(
        default="",  # that of the stylesheet, as with all fonts
        metadata={
            "about": "Fonts of the text: a list of names, of which the first that a reader has is used.",
            "example": ["""serif = "'EB Garamond', Georgia, serif\""""],
        },
    )
    sans: str = field(
        default="",
        metadata={"about": "Fonts of all else.", "example": ['sans = "Inter, system-ui, sans-serif"']},
    )
    mono: str = field(
        default="",
        metadata={
            "about": "Fonts of what stands in columns.",
            "example": ['mono = "ui-monospace, monospace"'],
        },
    )
    logo: str = field(
        default="",  # none
        metadata={
            "about": "A picture beside the name of the archive: a file in content/ or templates/assets/.",
            "example": ['logo = "content/crest.svg"'],
        },
    )
    colours: tuple[tuple[str, str], ...] = field(
        default=(),  # name and '#rrggbb', in the order of COLOURS
        metadata={
            "about": f"Colours by day, as '#rgb' or '#rrggbb': {', '.join(COLOURS[:6])},\n{', '.join(COLOURS[6:])}.",
            "example": ['paper = "#fffdf5"', 'link = "#14496b"'],
        },
    )
    dark: tuple[tuple[str, str], ...] = field(
        default=(),
        metadata={
            "about": "The same colours by night. One that is not set stays as it is in the stylesheet.",
            "example": ['paper = "#14130f"', 'link = "#9cc7e6"'],
        },
    )


def read_colour(value: object) -> str:
    """A colour, as '#rrggbb'."""
    if not isinstance(value, str) or not _COLOUR.fullmatch(value):
        raise UnfitError("a colour such as '#14496b' or '#fff'")
    digits = value[1:].lower()
    return f"#{digits}" if len(digits) > len("fff") else f"#{''.join(digit * 2 for digit in digits)}"


def read_fonts(value: object) -> str:
    """A list of fonts, as a stylesheet has it."""
    expected = "names of fonts with commas between them, as in \"'EB Garamond', Georgia, serif\""
    if not isinstance(value, str):
        raise UnfitError(expected)
    names = [name.strip() for name in value.split(",")]
    if not all(_FONT.fullmatch(name) for name in names):
        raise UnfitError(expected)
    return ", ".join(names)


def read_logo(value: object) -> str:
    """A picture of the project, as a path relative to it."""
    try:
        path = read_folder(value)
    except UnfitError:
        path = ""
    if PurePath(path).suffix.lower() not in _PICTURES:
        raise UnfitError(f"a picture ({', '.join(sorted(_PICTURES))}) inside the project")
    return path


THEME_READERS: Mapping[str, ValueReader] = {
    "serif": read_fonts,
    "sans": read_fonts,
    "mono": read_fonts,
    "logo": read_logo,
    "colours": read_table,
    "dark": read_table,
}

COLOUR_READERS: Mapping[str, ValueReader] = dict.fromkeys(COLOURS, read_colour)
