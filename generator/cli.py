"""The command line: words in, one call, exit status out.

Exit status: 0 done; 1 the work found problems (`--strict`, `check`); 2 the call, the settings or a template is wrong; 3 the
work could not be finished (disk, permission); 130 interrupted.
"""

import json
import os
import platform
import sys
import time
from datetime import UTC, datetime
from datetime import date as Day  # noqa: N812 - a day of the calendar
from importlib.metadata import version
from pathlib import Path
from typing import NoReturn

import click
from rich.console import Console

from generator.build import STATE_FOLDER, BuildFailed, BuildRefused, CheckReport, build_site, check_archive
from generator.check_output import (
    EXAMPLES_IN_JSON,
    EXAMPLES_IN_TEXT,
    MOST_IN_JSON,
    MOST_IN_TEXT,
    check_as_dict,
    no_such_code,
    print_check,
    print_explanation,
)
from generator.cli_output import BuildProgress, describe_cable, print_report
from generator.import_output import ImportProgress, print_import
from generator.intake import CableSource, PageSource, understand
from generator.intake.dumps import ImportFailed, ImportRefused, import_dumps
from generator.intake.find import unreadable
from generator.problem import Problem, format_problem
from generator.problem_codes import problem_codes
from generator.release import LedgerError
from generator.release_output import describe_proof, describe_release
from generator.render import TemplateProblem
from generator.settings import Settings, SettingsError, load_settings, project_lexicon
from generator.starter import FolderNotEmpty, new_project
from generator.telegram.messages import parse_messages

DONE, PROBLEMS, WRONG_CALL, UNFINISHED, INTERRUPTED = 0, 1, 2, 3, 130

_STDIN = "-"

_IMPORT_LOG = Path(STATE_FOLDER, "import-problems.jsonl")


def _stop(message: str, status: int) -> NoReturn:
    """End with a sentence on standard error."""
    click.echo(f"cablepress: {message}", err=True)
    sys.exit(status)


def _today(written: str | None) -> Day:
    """The day by which embargoes end: as given, else of SOURCE_DATE_EPOCH, else today in UTC."""
    if written is None:
        epoch = os.environ.get("SOURCE_DATE_EPOCH")
        if not epoch:
            return datetime.now(UTC).date()
        try:
            return datetime.fromtimestamp(int(epoch), UTC).date()
        except (ValueError, OverflowError, OSError):
            _stop(f"SOURCE_DATE_EPOCH must be seconds since 1970, not {epoch!r}", WRONG_CALL)
    try:
        return Day.fromisoformat(written)
    except ValueError:
        _stop(f"--date must be a day such as 2026-11-24, not {written!r}", WRONG_CALL)


_date_option = click.option(
    "--date", metavar="DAY", help="Day by which embargoes end.  [default: SOURCE_DATE_EPOCH, else today]"
)


def _ledger_fault(error: LedgerError) -> NoReturn:
    _stop(
        "the release ledger cannot be used, and nothing was built\n" + "\n".join(error.messages), WRONG_CALL
    )


def _version_text() -> str:
    return f"cablepress {version('cablepress')}, Python {platform.python_version()}, {platform.system()}"


@click.group(
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Begin with: cablepress new my-archive",
)
@click.version_option(version("cablepress"), message=_version_text())
@click.pass_context
def cablepress(context: click.Context) -> None:
    """Make a site of a folder of diplomatic cables."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


@cablepress.command()
@click.option(
    "--content", type=click.Path(path_type=Path), help="Folder of the telegrams.  [default: content]"
)
@click.option(
    "--site", type=click.Path(path_type=Path), help="Folder that the site is written to.  [default: site]"
)
@_date_option
@click.option("--strict", is_flag=True, help="End with status 1 if there are warnings or errors.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but warnings and errors.")
def build(content: Path | None, site: Path | None, date: str | None, *, strict: bool, quiet: bool) -> None:
    """Build the site of this folder: content/ into site/."""
    began = time.perf_counter()
    project = Path()
    try:
        settings = load_settings(project)
        console = Console(stderr=True, highlight=False)
        with BuildProgress(console, quiet=quiet) as progress:
            report = build_site(
                project,
                settings,
                content=content or Path(settings.content),
                site=site or Path(settings.site),
                today=_today(date),
                progress=progress.update,
            )
    except SettingsError as error:
        _stop("the settings cannot be used\n" + "\n".join(error.messages), WRONG_CALL)
    except LedgerError as error:
        _ledger_fault(error)
    except (BuildRefused, TemplateProblem) as error:
        _stop(str(error), WRONG_CALL)
    except BuildFailed as error:
        _stop(f"the build could not be finished: {error}", UNFINISHED)
    print_report(report, site or Path(settings.site), time.perf_counter() - began, quiet=quiet)
    if strict and report.has_warnings:
        sys.exit(PROBLEMS)


@cablepress.command()
@click.option(
    "--content", type=click.Path(path_type=Path), help="Folder of the telegrams.  [default: content]"
)
@_date_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.option("--explain", metavar="CODE", help="Say what a kind of problem means, and stop.")
@click.option("--leaks", is_flag=True, help="Look in every byte of the site for what is held back, and stop.")
@click.option(
    "--site", type=click.Path(path_type=Path), help="Folder of the site, for --leaks.  [default: site]"
)
def check(
    content: Path | None,
    site: Path | None,
    date: str | None,
    *,
    as_json: bool,
    explain: str | None,
    leaks: bool,
) -> None:
    """Read the archive and say what is wrong with it; no site is written."""
    console = Console(highlight=False)
    if explain is not None:
        if explain not in problem_codes():
            _stop(no_such_code(explain), WRONG_CALL)
        print_explanation(problem_codes()[explain], console)
        return
    try:
        settings = load_settings(Path())
        content = content or Path(settings.content)
        site = site or Path(settings.site)
    except SettingsError as error:
        _stop("the settings cannot be used\n" + "\n".join(error.messages), WRONG_CALL)
    if leaks:
        _show_leaks(settings, content, site, _today(date))
        return
    report = _check(
        settings,
        content,
        _today(date),
        most=MOST_IN_JSON if as_json else MOST_IN_TEXT,
        examples=EXAMPLES_IN_JSON if as_json else EXAMPLES_IN_TEXT,
        quiet=as_json,
    )
    if as_json:
        click.echo(json.dumps(check_as_dict(report, content), indent=2, ensure_ascii=False))
    else:
        print_check(report, content, console)
    if report.has_warnings:
        sys.exit(PROBLEMS)


def _show_leaks(settings: Settings, content: Path, site: Path, today: Day) -> None:
    """Say where in a site something stands that the ledger holds back; status 1 if anywhere."""
    if not site.is_dir():
        _stop(f"there is no folder {site}; build the site first: cablepress build", WRONG_CALL)
    report = _check(settings, content, today, most=0, examples=0, quiet=False, site=site)
    if report.proof is not None:
        click.echo(describe_proof(report.proof, site), nl=False)
        if report.proof.leaks or report.proof.unsearched:
            sys.exit(PROBLEMS)


def _check(
    settings: Settings,
    content: Path,
    today: Day,
    *,
    most: int,
    examples: int,
    quiet: bool,
    site: Path | None = None,
) -> CheckReport:
    """Read the whole archive, or end with a sentence."""
    try:
        with BuildProgress(Console(stderr=True, highlight=False), quiet=quiet) as progress:
            return check_archive(
                Path(),
                settings,
                content=content,
                today=today,
                most=most,
                examples=examples,
                progress=progress.update,
                site=site,
            )
    except LedgerError as error:
        _ledger_fault(error)
    except BuildRefused as error:
        _stop(str(error), WRONG_CALL)
    except BuildFailed as error:
        _stop(f"the check could not be finished: {error}", UNFINISHED)


@cablepress.command("release")
@click.option(
    "--content", type=click.Path(path_type=Path), help="Folder of the telegrams.  [default: content]"
)
@_date_option
def show_release(content: Path | None, date: str | None) -> None:
    """Show what the release ledger does, rule by rule; nothing is built."""
    try:
        settings = load_settings(Path())
    except SettingsError as error:
        _stop("the settings cannot be used\n" + "\n".join(error.messages), WRONG_CALL)
    today = _today(date)
    report = _check(settings, content or Path(settings.content), today, most=0, examples=0, quiet=False)
    click.echo(describe_release(report, today), nl=False)
    if any(problem for problem in report.use.problems(report.ledger)):
        sys.exit(PROBLEMS)


@cablepress.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Use a folder that is not empty; existing files are kept.")
def new(folder: Path, *, force: bool) -> None:
    """Make FOLDER, a project that builds at once, with a few specimen cables."""
    try:
        written = new_project(folder, into_existing=force)
    except FolderNotEmpty:
        _stop(
            f"{folder} is not empty; name another folder, or use --force to add what is missing", WRONG_CALL
        )
    except OSError as error:
        _stop(f"{error.filename or folder}: {error.strerror or error}", UNFINISHED)
    click.echo(f"Made {folder} with {len(written)} files. Next:")
    click.echo(f"  cd {folder}")
    click.echo("  cablepress build")


@cablepress.command("import")
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--content", type=click.Path(path_type=Path), help="Folder of the telegrams.  [default: content]"
)
@click.option("--dry-run", is_flag=True, help="Write nothing, and say what would be written.")
@click.option("--strict", is_flag=True, help="End with status 1 if there are warnings or errors.")
def import_(sources: tuple[Path, ...], content: Path | None, *, dry_run: bool, strict: bool) -> None:
    """Turn dumps (pages of 2010, cables.csv, records, archives of them) into telegrams in content/."""
    try:
        settings = load_settings(Path())
        folder = content or Path(settings.content)
        with ImportProgress(Console(stderr=True, highlight=False)) as progress:
            report = import_dumps(
                sources,
                folder,
                lexicon=project_lexicon(settings),
                dry_run=dry_run,
                progress=progress.update if progress.is_shown else None,
                log=_IMPORT_LOG,
            )
    except SettingsError as error:
        _stop("the settings cannot be used\n" + "\n".join(error.messages), WRONG_CALL)
    except ImportRefused as error:
        _stop(str(error), WRONG_CALL)
    except ImportFailed as error:
        _stop(f"the import could not be finished: {error}", UNFINISHED)
    except KeyboardInterrupt:
        _stop("interrupted; what was written is whole, and the same command goes on from there", INTERRUPTED)
    print_import(report, folder, _IMPORT_LOG, dry_run=dry_run)
    if strict and report.has_warnings:
        sys.exit(PROBLEMS)


@cablepress.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object for each cable, one a line.")
def parse(files: tuple[str, ...], *, as_json: bool) -> None:
    """Show what is understood of each telegram; - reads standard input."""
    try:
        lexicon = project_lexicon(load_settings(Path()))
    except SettingsError as error:
        _stop("the settings cannot be used\n" + "\n".join(error.messages), WRONG_CALL)
    failed = False
    shown = 0
    for name in files:
        source = _read(name)
        if isinstance(source, Problem):
            click.echo(format_problem(source), err=True)
            failed = True
            continue
        for cable in parse_messages(
            source.text, source=source.path, first_line=source.first_line, lexicon=lexicon
        ):
            if as_json:
                click.echo(json.dumps(cable.to_dict(), ensure_ascii=False))
            else:
                if shown:
                    click.echo()
                click.echo(describe_cable(cable))
            shown += 1
    if failed:
        sys.exit(PROBLEMS)


def _read(name: str) -> CableSource | PageSource | Problem:
    """The text of a file or of standard input, whatever its name says."""
    try:
        data = sys.stdin.buffer.read() if name == _STDIN else Path(name).read_bytes()
    except OSError as error:
        return unreadable(name, error)
    return understand(data, path="<stdin>" if name == _STDIN else name, kind="cable")


def main() -> None:
    """Run the command line."""
    try:
        sys.exit(cablepress(standalone_mode=False) or DONE)
    except click.ClickException as error:
        error.show()
        sys.exit(WRONG_CALL)
    except click.Abort:
        sys.exit(INTERRUPTED)
