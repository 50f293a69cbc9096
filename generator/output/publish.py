"""What `cablepress publish` prints: what it will do, and where the site is in the end."""

from collections.abc import Iterator, Sequence

from generator.inspection.site import Inspection
from generator.output.budget import budget_in_a_line, size_in_words
from generator.output.sheet import Sheet
from generator.publish.publication import Publication
from generator.publish.repository import ProjectRepository
from generator.render.words import counted

_LABEL = 10  # columns
_MOST_LEFT_OUT = 10  # files that are named


def print_plan(publications: Sequence[tuple[str, Publication]], project: ProjectRepository) -> None:
    """Print what publications will do: of several, which are parts of an archive, the portal at length, the others in a line."""
    sheet = Sheet()
    *parts, (_, publication) = publications
    for name, part in parts:
        what = f"{name}, {counted(len(part.site.files), 'file')}, {size_in_words(part.site.size)}"
        told = [f"{what}, to {part.remote.shown}, {_what_becomes_of_it(part)}", _left_out(part)]
        sheet.prose(f"{'part':<{_LABEL}}{'; '.join(filter(None, told))}", hanging=" " * _LABEL)
        for warning in part.warnings:
            sheet.prose(f"{'note':<{_LABEL}}{warning}", hanging=" " * _LABEL)
    for label, text in _facts(publication, project):
        sheet.prose(f"{label:<{_LABEL}}{text}", hanging=" " * _LABEL)
    sheet.line()


def print_end(publication: Publication, seconds: float, *, is_new: bool, parts: int = 0) -> None:
    """Print where the site is, and what is to be done where it, or one of its parts, was never published."""
    sheet = Sheet()
    branch, remote = publication.branch.name, publication.remote
    if is_new:
        sheet.line(f"Published in {seconds:.1f} s: the branch {branch} of {remote.name}")
    else:
        sheet.line(f"Nothing to do: the branch {branch} of {remote.name} holds this very site already")
    repository = remote.repository
    if publication.is_first and repository:
        sheet.prose(
            f"The first time, switch it on at {repository.settings_address}: under Build and deployment choose "
            f"Deploy from a branch, {branch}, / (root){'; so for the repository of each part' if parts else ''}"
        )
    if publication.address:
        sheet.line(f"Open {publication.address}{' in a minute or two' if repository and is_new else ''}")


def print_end_of_part(name: str, publication: Publication, *, is_new: bool) -> None:
    """Print where a part of an archive is."""
    done = "published" if is_new else "published already"
    Sheet().line(f"{'part':<{_LABEL}}{name} is {done}: {publication.address}")


def print_faults(inspection: Inspection) -> None:
    """Print what keeps a site from being published, each kind with a count and an example."""
    wrong = Sheet(err=True)
    for group in inspection.problems:
        if group.severity == "error":
            wrong.kind(group.severity, group.code, group.count)
            wrong.problem(group.example)
            wrong.line()


def _facts(publication: Publication, project: ProjectRepository) -> Iterator[tuple[str, str]]:
    """What a person wants to know before saying yes, line by line: a label and a text."""
    remote, branch, site = publication.remote, publication.branch, publication.site
    yield "remote", f"{remote.name}, {remote.shown}"
    yield "branch", f"{branch.name}, {_what_becomes_of_it(publication)}"
    yield (
        "address",
        publication.address or "not known, since the remote is not at GitHub; `site_url` may say it",
    )
    if publication.domain:
        whence = "as the branch has it" if publication.domain_is_kept else "from the settings"
        yield "domain", f"{publication.domain}, {whence}"
    yield "site", budget_in_a_line(len(site.files), site.size, "", 0)
    if project.head:
        changed = ", and changes that are not committed" if project.is_changed else ""
        detached = ", of a detached head" if project.head_is_detached else ""
        yield "source", f"commit {project.head[:10]}{detached}{changed}"
    if site.foreign:
        yield "left out", _left_out(publication)
    for warning in publication.warnings:
        yield "note", warning


def _left_out(publication: Publication) -> str:
    foreign = publication.site.foreign
    if not foreign:
        return ""
    names = ", ".join(foreign[:_MOST_LEFT_OUT]) + (", ..." if len(foreign) > _MOST_LEFT_OUT else "")
    return f"{counted(len(foreign), 'file')} not written by cablepress: {names}"


def _what_becomes_of_it(publication: Publication) -> str:
    if publication.is_first:
        return "which is made"
    if publication.keeps_history:
        return "on top of what was published before"
    return "in place of what was published before"
