"""`cablepress publish`: the site of this folder, to the branch that serves it."""

import sqlite3
import sys
import time
from contextlib import ExitStack
from datetime import date as Day  # noqa: N812 - a day of the calendar
from importlib.metadata import version
from pathlib import Path
from typing import Literal

import click

from generator.build.engine import STATE_FOLDER
from generator.build.lock import locked
from generator.build.report import BuildFailed, BuildRefused
from generator.build.standing import NotBuilt, finished_site
from generator.build.workers import default_workers, executor_of
from generator.cli.call import settings_here, today
from generator.cli.check import check_or_stop, inspect_or_stop
from generator.cli.ending import PROBLEMS, UNFINISHED, WRONG_CALL, interruptible, stop
from generator.cli.progress import shown_progress
from generator.cli.site_address import with_address
from generator.output.publish import print_end, print_end_of_part, print_faults, print_plan
from generator.output.release import describe_proof
from generator.parts.cutting import Part, cut_site
from generator.publish.branch import look_at_branch
from generator.publish.git import GitFailed
from generator.publish.publication import Publication, check_branch, plan_publication
from generator.publish.refusals import PublishFailed, PublishRefused
from generator.publish.repository import ProjectRepository, open_repository, remote_of
from generator.publish.scratch import Scratch, cleared, scratch_repository
from generator.publish.sending import first_line, is_there_already, message_of, pack_site, push
from generator.publish.shipments import Shipment, parts_of_site, whole_site
from generator.release.ledger import LedgerError
from generator.render.words import counted
from generator.settings import SETTINGS_FILE, Settings
from generator.settings.publish import PUBLISH_READERS
from generator.settings.values import UnfitError

_LEFT = "the branch is as it was, unless it had just been pushed"

_SCRATCH = Path(STATE_FOLDER, "publish")


def run(
    site: Path | None,
    remote: str | None,
    branch: str | None,
    message: str | None,
    *,
    history: bool | None,
    yes: bool,
    dry_run: bool,
    over_limit: bool,
) -> None:
    """Say what will be done, have it confirmed, check the site and publish it."""
    own = settings_here()
    settings, _ = with_address(own, Path())
    wished = settings.publish
    site = site or Path(settings.site)
    day = today(None)
    is_anybody_there = sys.stdin.isatty() and sys.stdout.isatty()
    keeps_history = wished.history if history is None else history
    done: list[str] = []
    try:
        with interruptible(_LEFT), ExitStack() as stack:
            project = open_repository(Path(), _sources(settings), asks=is_anybody_there)
            to = remote_of(project, _named("remote", remote) or wished.remote)
            name = _named("branch", branch) or wished.branch
            check_branch(project, name)
            parts = _cut(settings, site) if wished.split else ()
            if Path(STATE_FOLDER).is_dir():
                stack.enter_context(locked(Path(STATE_FOLDER).absolute(), "a build"))
            stack.enter_context(cleared(_SCRATCH))
            finished = finished_site(Path(), settings, content=Path(settings.content), site=site, today=day)
            shipments = (
                parts_of_site(parts, to, settings, own.site_url)
                if wished.split
                else [whole_site(site, finished, to, settings, own.site_url)]
            )
            ready: list[tuple[Shipment, Publication, Scratch]] = []
            for number, shipment in enumerate(shipments):
                folder = (_SCRATCH / str(number)).absolute()
                scratch = stack.enter_context(scratch_repository(project, shipment.remote, folder))
                publication = plan_publication(
                    shipment.remote,
                    look_at_branch(project, shipment.remote, name, scratch, with_trees=keeps_history),
                    shipment.site,
                    shipment.settings,
                    said_address=shipment.said_address,
                    keeps_history=keeps_history,
                    over_limit=over_limit,
                )
                ready.append((shipment, publication, scratch))
            print_plan([(shipment.name, publication) for shipment, publication, _ in ready], project)
            if not dry_run and not yes:
                _have_it_confirmed(is_anybody_there=is_anybody_there)
            began = time.perf_counter()
            _check(settings, site, day)
            if dry_run:
                click.echo("Nothing was sent, since this is a dry run.")
                return
            text = message_of(
                project, said=message or first_line(settings.title), version=version("cablepress")
            )
            for shipment, publication, scratch in ready:
                is_new = _send(publication, project, scratch, shipment.folder, text)
                scratch.clear()
                done.append(shipment.name)
                if shipment.name:
                    print_end_of_part(shipment.name, publication, is_new=is_new)
                else:
                    took = time.perf_counter() - began
                    print_end(publication, took, is_new=is_new, parts=len(ready) - 1)
    except (PublishRefused, NotBuilt, BuildRefused) as error:
        stop(f"{error}", WRONG_CALL)
    except LedgerError as error:
        stop("the release ledger cannot be used\n" + "\n".join(error.messages), WRONG_CALL)
    except (PublishFailed, GitFailed) as error:
        before = (
            f"\nthese parts are published: {', '.join(done)}; publish again to send the others"
            if done
            else ""
        )
        stop(f"{error}{before}", UNFINISHED)
    except BuildFailed as error:
        stop(f"the parts of the archive are not whole: {error}", UNFINISHED)
    except sqlite3.Error as error:
        stop(f"{STATE_FOLDER} cannot be read: {error}; build the site: cablepress build", UNFINISHED)
    except OSError as error:
        stop(
            f"the site could not be published: {error.filename or ''}: {error.strerror or error}", UNFINISHED
        )


def _cut(settings: Settings, site: Path) -> tuple[Part, ...]:
    """The parts of a split archive; what a build has left of them undone, or somebody has removed, is made up for."""
    workers = default_workers()
    with shown_progress() as progress, executor_of(workers) as executor:
        cut = cut_site(Path(), settings, site=site, progress=progress, executor=executor, workers=workers)
    return cut.parts if cut is not None else ()


def _named(kind: Literal["remote", "branch"], name: str | None) -> str | None:
    """A remote or branch as the call names it, if it does; a name that is none ends the call."""
    try:
        return str(PUBLISH_READERS[kind](name)) if name is not None else None
    except UnfitError as expected:
        stop(f"--{kind} must be {expected}, not {name!r}", WRONG_CALL)


def _sources(settings: Settings) -> tuple[Path, ...]:
    """What a site is made of."""
    return (
        Path(settings.content),
        Path(settings.templates),
        Path(SETTINGS_FILE),
        Path("pyproject.toml"),
    )


def _have_it_confirmed(*, is_anybody_there: bool) -> None:
    """Ask whoever is there; end where nobody is, or the answer is no."""
    if not is_anybody_there:
        stop("nobody is there to say yes, and nothing was published; to publish this, add --yes", WRONG_CALL)
    if not click.confirm("Check the site, and publish it?"):
        stop("nothing was published", PROBLEMS)


def _check(settings: Settings, site: Path, day: Day) -> None:
    """End where the check finds errors; what `check` calls warnings does not keep a site from its readers."""
    inspection = inspect_or_stop(settings, site, quiet=False)
    if inspection.has_errors:
        print_faults(inspection)
        stop(f"the site is broken, and nothing was published; all that is wrong: {inspection.log}", PROBLEMS)
    report = check_or_stop(settings, Path(settings.content), day, most=0, examples=0, quiet=False, site=site)
    proof = report.proof
    if proof is not None and (proof.leaks or proof.unsearched):
        click.echo(describe_proof(proof, site), nl=False, err=True)
        stop("the site holds what the ledger holds back, and nothing was published", PROBLEMS)
    errors = sum(group.count for group in report.problems if group.severity == "error")
    if errors:
        stop(
            f"the archive has {counted(errors, 'error')}, and nothing was published; see them, and mend them: cablepress check",
            PROBLEMS,
        )


def _send(
    publication: Publication, project: ProjectRepository, scratch: Scratch, site: Path, message: str
) -> bool:
    """Pack and push the site; whether the branch holds another one now."""
    with shown_progress() as progress:
        progress("Packing files", 0, len(publication.site.files))
        commit = pack_site(publication, project, scratch, site, message)
    if is_there_already(publication, scratch, commit):
        return False
    if sys.stderr.isatty():  # no live line: git may ask for a password meanwhile
        click.echo(f"Pushing to {publication.remote.shown} ...", err=True)
    push(publication, project, scratch, commit)
    return True
