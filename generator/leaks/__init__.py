"""Leaks: the proof that nothing withheld lies in any byte of a site.

The list of secrets is handed in; this package only looks for them, and never repeats one.
"""

from generator.leaks.scan import (
    A_FOLDER,
    Leak,
    Names,
    ScanReport,
    Searched,
    Spot,
    Unsearched,
    leaks_of,
    scan_site,
    search_file,
    search_name,
    unreadable,
)
from generator.leaks.search import Secret, SecretKind, SecretSearch, counts_in

__all__ = [
    "A_FOLDER",
    "Leak",
    "Names",
    "ScanReport",
    "Searched",
    "Secret",
    "SecretKind",
    "SecretSearch",
    "Spot",
    "Unsearched",
    "counts_in",
    "leaks_of",
    "scan_site",
    "search_file",
    "search_name",
    "unreadable",
]
