"""cablepress: a static-site generator for archives of diplomatic cables.

from generator import parse_cable
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.telegram.cable import Cable
    from generator.telegram.parse import parse_cable

__all__ = ["Cable", "parse_cable"]


def __getattr__(name: str) -> object:
    """Import the parser when it is asked for: `cablepress --help` need not wait for it."""
    if name == "Cable":
        from generator.telegram.cable import Cable

        return Cable
    if name == "parse_cable":
        from generator.telegram.parse import parse_cable

        return parse_cable
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
