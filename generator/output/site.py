"""What `cablepress check` prints of a site that was built: what is broken, what leaks, how large it is."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.inspection.budget import Budget, Weight
from generator.inspection.site import Inspection
from generator.leaks import ScanReport
from generator.output.budget import budget_facts, size_in_words
from generator.output.release import describe_proof
from generator.output.sheet import Sheet
from generator.render.words import counted

_LABEL = 10  # columns
_MOST_NAMED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteCheck:
    """What a check found out about a site that was built."""

    folder: Path
    standing: str  # why it is not what a build would make now; '' where it is
    inspection: Inspection
    proof: ScanReport | None
    are_parts: bool = False  # whether each folder in it is a site of its own

    @property
    def has_errors(self) -> bool:
        """Whether a reader would meet something broken, or something that is held back."""
        leaks = self.proof is not None and bool(self.proof.leaks or self.proof.unsearched)
        return leaks or self.inspection.has_errors

    @property
    def has_warnings(self) -> bool:
        """Whether there is anything that `--strict` minds."""
        budget = self.inspection.budget.largest_part if self.are_parts else self.inspection.budget
        return self.has_errors or self.inspection.has_warnings or not budget.is_accepted


def print_heading(sheet: Sheet, site: SiteCheck) -> None:
    """Print what was looked at."""
    inspection = site.inspection
    sheet.line()
    sheet.prose(
        f"{site.folder}: {counted(inspection.files, 'file')}, {counted(inspection.pages, 'page')}; "
        f"{inspection.read:,} read since they changed"
    )
    if site.standing:
        sheet.prose(f"But {site.standing}")


def print_facts(sheet: Sheet, site: SiteCheck) -> None:
    """Print what leaks, and how large it is."""
    sheet.line()
    for label, text in _facts(site):
        sheet.prose(f"{label:<{_LABEL}}{text}", hanging=" " * _LABEL)
    if site.proof is not None and (site.proof.leaks or site.proof.unsearched):
        sheet.line()
        sheet.lines(describe_proof(site.proof, site.folder).rstrip("\n"))


def _facts(site: SiteCheck) -> Iterator[tuple[str, str]]:
    if not site.inspection.problems:
        yield "links", "every link leads somewhere, and every page is valid"
    if lost := site.inspection.lost:
        named = ", ".join(f"{place} in {counted(count, 'file')}" for place, count in lost[:_MOST_NAMED])
        yield "missed", named + (", ..." if len(lost) > _MOST_NAMED else "")
    if (proof := site.proof) is not None:
        leaks = counted(len(proof.leaks), "leak") if proof.leaks else "none"
        left = f"; {counted(len(proof.unsearched), 'file')} could not be searched" if proof.unsearched else ""
        yield "leaks", f"{leaks} in {counted(proof.files, 'file')}, {size_in_words(proof.size)}{left}"
    yield from budget_facts(site.inspection.budget, are_parts=site.are_parts)


def site_as_dict(site: SiteCheck) -> dict[str, Any]:
    """A site as a part of the JSON document of a check, without its problems."""
    return {
        "folder": site.folder.as_posix(),
        "standing": site.standing or None,
        "pages": site.inspection.pages,
        "read": site.inspection.read,
        "missed": [{"address": place, "files": count} for place, count in site.inspection.lost],
        "leaks": None if site.proof is None else _proof_dict(site.proof),
        "budget": _budget_dict(site.inspection.budget),
        "log": site.inspection.log.as_posix(),
    }


def _proof_dict(proof: ScanReport) -> dict[str, Any]:
    return {
        "files": proof.files,
        "size": proof.size,
        "leaks": [
            {
                "file": leak.file,
                "offset": leak.offset,
                "kind": leak.kind,
                "where": leak.where,
                "why": leak.why,
            }
            for leak in proof.leaks
        ],
        "unsearched": [{"file": left.file, "why": left.why} for left in proof.unsearched],
    }


def _budget_dict(budget: Budget) -> dict[str, Any]:
    return {
        "files": budget.files,
        "size": budget.size,
        "share": round(budget.share, 6),
        "level": budget.level,
        "deploy_seconds": round(budget.deploy_seconds),
        "folders": [_weight_dict(weight) for weight in budget.folders],
        "largest": [_weight_dict(weight) for weight in budget.largest],
        "heavy": [_weight_dict(weight) for weight in budget.heavy],
        "savings": [{"setting": saving.setting, "size": saving.size} for saving in budget.savings],
    }


def _weight_dict(weight: Weight) -> dict[str, Any]:
    return {"address": weight.address, "files": weight.files, "size": weight.size}
