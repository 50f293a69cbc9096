"""What the ledger does, in words for a terminal: a line a rule, and the rules that do nothing."""

from collections.abc import Iterator
from datetime import date as Day  # noqa: N812 - a day of the calendar
from pathlib import Path

from generator.build.check import CheckReport
from generator.leaks import Leak, ScanReport
from generator.release.rule import Rule
from generator.release.use import RuleUse
from generator.render.words import counted, day_in_words

_KINDS = {"id": "the id", "passage": "a passage", "term": "a term"}


def describe_release(report: CheckReport, today: Day) -> str:
    """The lines of `cablepress release`, each with its end."""
    return "".join(f"{line}\n" for line in _lines(report, today))


def describe_proof(proof: ScanReport, site: Path) -> str:
    """The lines of `cablepress check --leaks`, each with its end."""
    lines = [_leak(leak) for leak in proof.leaks]
    lines += [f"not searched: {unsearched.file}: {unsearched.why}" for unsearched in proof.unsearched]
    looked = f"{counted(proof.files, 'file')} of {site}, {proof.size / 1_000_000:,.1f} MB"
    lines.append(f"{counted(len(proof.leaks), 'leak')} in {looked}")
    if proof.leaks:
        lines.append(
            "next: build the site anew; if the words are still there, tell the ledger how they are written"
        )
    return "".join(f"{line}\n" for line in lines)


def _leak(leak: Leak) -> str:
    place = leak.file if leak.offset is None else f"{leak.file}: byte {leak.offset:,}"
    inside = f", in {leak.where}" if leak.where else ""
    return f"leak: {place}{inside}: {_KINDS[leak.kind]} ({leak.why})"


def _lines(report: CheckReport, today: Day) -> Iterator[str]:
    ledger = report.ledger
    yield f"On {day_in_words(today)}: {counted(report.cables, 'cable')} published, {report.withheld:,} held back"
    uses = report.use.report(ledger)
    if not uses:
        yield f"There are no rules in {ledger.name}; only drafts are held back."
        return
    words = [(f"{ledger.name}:{use.line}", _does(use.rule, ledger.highest), _count(use)) for use in uses]
    places = max(len(place) for place, _, _ in words)
    deeds = min(60, max(len(deed) for _, deed, _ in words))
    yield ""
    for place, deed, count in words:
        yield f"{place:<{places}}  {deed:<{deeds}}  {count}"
    unused = list(report.use.problems(ledger))
    if unused:
        yield ""
    for problem in unused:
        yield f"warning: {problem.location}: {problem.message}; {problem.next_step}"


def _count(use: RuleUse) -> str:
    if use.rule is None or use.rule.deed != "redact":
        return counted(use.cables, "cable")
    return f"{counted(use.cables, 'cable')}, {counted(use.places, 'place')}"


def _does(rule: Rule | None, highest: str | None) -> str:
    """'redact "Rassendyll" in 08STRELSAU123', 'withhold what lies above UNCLASSIFIED'."""
    if rule is None:
        return f"withhold what lies above {highest}"
    what = ""
    if rule.words is not None:
        what = f' "{rule.words}"'
    elif rule.regex is not None:
        what = f" /{rule.regex}/"
    elif rule.paragraph is not None:
        what = f" paragraph {rule.paragraph}"
    applies = rule.applies
    conditions = [
        *applies.cable,
        *applies.cables,
        *(f"TAGS {code}" for code in applies.tag),
        *(f"from {origin}" for origin in applies.origin),
        *applies.classification,
        *applies.source,
    ]
    where = ", ".join(conditions) or "every cable"
    until = f" until {day_in_words(rule.until)}" if rule.until else ""
    return f"{rule.deed}{what}{' in' if what else ''} {where}{until}"
