"""Dumps: what other archives and programs have left, turned into sources in content/."""

from generator.intake.dumps.importing import ImportFailed, ImportRefused, ImportReport, import_dumps

__all__ = ["ImportFailed", "ImportRefused", "ImportReport", "import_dumps"]
