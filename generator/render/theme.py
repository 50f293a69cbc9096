"""The theme of a project: its colours and fonts, as custom properties at the end of the stylesheet; and its logo.

One stylesheet is all that a page needs to be shown, so the theme is no file of its own.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from generator.archive.address import STYLESHEET, asset_address
from generator.problem import Problem
from generator.render.template_files import builtin_templates, read_assets
from generator.settings import Settings
from generator.settings.theme import COLOURS, Theme

# Each colour by day and by night, as a stylesheet defines it.
Palette = Mapping[str, tuple[str, str]]

_DEFINITION = re.compile(r"--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);")

# What is read on what, and the contrast that it needs. Source: WCAG 2.2, 1.4.6 for text, 1.4.3 for links.
_TEXT, _LINK = 7.0, 4.5
_NEEDED = (
    *(("ink", ground, _TEXT) for ground in ("paper", "tint")),
    *((text, "paper", _TEXT) for text in ("quiet", "unclassified", "confidential", "secret", "top-secret")),
    *((link, "paper", _LINK) for link in ("link", "visited", "accent")),
)


def themed_assets(folders: Sequence[Path], theme: Theme) -> Iterator[tuple[str, bytes]]:
    """Each asset's address and bytes, in order; the theme stands at the end of the stylesheet."""
    for address, data in read_assets(folders):
        yield address, data + theme_css(theme, folders) if address == STYLESHEET else data


def theme_css(theme: Theme, folders: Sequence[Path]) -> bytes:
    """The declarations of a theme; nothing where none is set."""
    palette = palette_of(theme, folders)
    own = {name for name, _ in (*theme.colours, *theme.dark)}
    colours = [f"--{name}: light-dark({', '.join(palette[name])});" for name in COLOURS if name in own]
    fonts = [
        f"--{name}: {getattr(theme, name)};" for name in ("serif", "sans", "mono") if getattr(theme, name)
    ]
    rules = []
    if fonts:
        rules.append(f":root {{ {' '.join(fonts)} }}\n")
    if colours:
        # What is printed stays black on white.
        rules.append(f"@media screen {{\n  :root {{ {' '.join(colours)} }}\n}}\n")
    return f"\n/* The theme: [theme] of the settings. */\n\n{''.join(rules)}".encode() if rules else b""


def palette_of(theme: Theme, folders: Sequence[Path]) -> Palette:
    """The colours of a theme, with those of the stylesheet where it sets none.

    A stylesheet of the project's own may define them otherwise, and so a colour of which we know only one is both.
    """
    palette = {**_defined_in([builtin_templates()]), **_defined_in(folders)}
    for scheme, colours in enumerate((theme.colours, theme.dark)):
        for name, colour in colours:
            pair = list(palette.get(name, (colour, colour)))
            pair[scheme] = colour
            palette[name] = (pair[0], pair[1])
    return palette


def _defined_in(folders: Sequence[Path]) -> Palette:
    file = next((folder / STYLESHEET for folder in folders if (folder / STYLESHEET).is_file()), None)
    text = file.read_text("utf-8", "replace") if file else ""
    return {name: (day, night) for name, day, night in _DEFINITION.findall(text)}


def contrast_problems(theme: Theme, folders: Sequence[Path]) -> Iterator[Problem]:
    """A warning for each two colours of which the theme sets one, and which are too near to each other to read."""
    if not theme.colours and not theme.dark:
        return
    palette = palette_of(theme, folders)
    schemes = (("light", dict(theme.colours)), ("dark", dict(theme.dark)))
    for scheme, (name, own) in enumerate(schemes):
        for text, ground, needed in _NEEDED:
            if not {text, ground} & own.keys():
                continue
            front, back = palette[text][scheme], palette[ground][scheme]
            ratio = contrast(front, back)
            if ratio < needed:
                yield Problem(
                    code="contrast-low",
                    severity="warning",
                    source="[theme]",
                    message=f"{text} {front} on {ground} {back} has a contrast of {int(ratio * 10) / 10:g}:1 in {name} colours",
                    next_step=f"{needed:g}:1 or more can be read well; make one of the two lighter or darker",
                )


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, '#rrggbb', from 1 to 21. Source: WCAG 2.2, 'contrast ratio'."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def logo_address(settings: Settings) -> str:
    """Where the picture beside the archive's name stands in the site; '' where there is none."""
    logo = settings.theme.logo
    if not logo:
        return ""
    if Path(logo).is_relative_to(settings.content):
        return asset_address(Path(logo).relative_to(settings.content).as_posix())
    return Path(logo).relative_to(settings.templates).as_posix()
