"""`cablepress import`: dumps into telegrams."""

import sys
from pathlib import Path

from generator.cli.call import settings_here
from generator.cli.ending import PROBLEMS, UNFINISHED, WRONG_CALL, interruptible, stop
from generator.cli.progress import shown_progress
from generator.intake.dumps import ImportFailed, ImportRefused, import_dumps
from generator.output.import_ import print_import
from generator.settings import project_lexicon

_LOG = Path(".cablepress", "import-problems.jsonl")

_LEFT = "what was written is whole, and the same command goes on from there"


def run(sources: tuple[Path, ...], content: Path | None, *, dry_run: bool, strict: bool) -> None:
    """Import, and say what became of each part of the dumps."""
    settings = settings_here()
    folder = content or Path(settings.content)
    try:
        with interruptible(_LEFT), shown_progress(in_bytes=True) as progress:
            report = import_dumps(
                sources,
                folder,
                lexicon=project_lexicon(settings),
                dry_run=dry_run,
                progress=progress,
                log=_LOG,
            )
    except ImportRefused as error:
        stop(str(error), WRONG_CALL)
    except ImportFailed as error:
        stop(f"the import could not be finished: {error}", UNFINISHED)
    print_import(report, folder, _LOG, dry_run=dry_run)
    if strict and report.has_warnings:
        sys.exit(PROBLEMS)
