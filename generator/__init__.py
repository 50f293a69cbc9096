"""cablepress: a static-site generator for archives of diplomatic cables."""

from generator.telegram.cable import Cable
from generator.telegram.parse import parse_cable

__all__ = ["Cable", "parse_cable"]
