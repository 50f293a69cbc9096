"""Leaks: the proof that nothing withheld lies in any byte of a site.

The list of secrets is handed in; this package only looks for them, and never repeats one.
"""

from generator.leaks.scan import Leak, ScanReport, Unsearched, scan_site
from generator.leaks.search import Secret, SecretKind, SecretSearch

__all__ = ["Leak", "ScanReport", "Secret", "SecretKind", "SecretSearch", "Unsearched", "scan_site"]
