"""Intake: what lies in content/, found and read."""

from generator.intake.find import Found, SourceFile, find_changed, find_sources, walk_sources
from generator.intake.read import CableSource, PageSource, read_source, understand

__all__ = [
    "CableSource",
    "Found",
    "PageSource",
    "SourceFile",
    "find_changed",
    "find_sources",
    "read_source",
    "understand",
    "walk_sources",
]
