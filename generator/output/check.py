"""What `cablepress check` prints: for a person, laid out for the width of the terminal, or one JSON document."""

from collections.abc import Callable, Iterator, Sequence
from difflib import get_close_matches
from typing import Any, TypeVar

from generator.archive.cable_row import CableRow
from generator.archive.questions import Listed, MissingSections, NotHeld, SharedId, UnknownTag
from generator.build.check import CheckReport
from generator.output.sheet import SEVERITY_WORDS, Sheet
from generator.output.site import SiteCheck, print_facts, print_heading, site_as_dict
from generator.problem import Problem, ProblemGroup
from generator.problem_codes import ProblemCode, problem_codes
from generator.render.words import counted, missing_sections_in_words

T = TypeVar("T")

# Entries of a list, and cables of an entry, in text and in JSON.
MOST_IN_TEXT, EXAMPLES_IN_TEXT = 10, 3
MOST_IN_JSON, EXAMPLES_IN_JSON = 1000, 20

_INDENT = "    "


def print_check(
    report: CheckReport, content: object, site: SiteCheck | None = None, missing: str = ""
) -> None:
    """Print what a check found, the gravest first; `missing` is the folder of a site that is not there."""
    sheet = Sheet()
    withheld = (
        f"; {counted(report.withheld, 'source')} held back and left out below" if report.withheld else ""
    )
    sheet.prose(f"{content}: {counted(report.cables, 'cable')}, {counted(report.pages, 'page')}{withheld}")
    for group in report.problems:
        _print_group(sheet, group)
    for title, entries, more in _questions(report):
        sheet.heading(title)
        for entry in entries:
            sheet.prose(entry, indent=_INDENT, hanging=_INDENT)
        if more:
            sheet.line(f"{_INDENT}and {more:,} more")
    groups = report.problems
    logs = [report.log] if report.problems else []
    if site is not None:
        print_heading(sheet, site)
        for group in site.inspection.problems:
            _print_group(sheet, group)
        print_facts(sheet, site)
        groups += site.inspection.problems
        logs += [site.inspection.log] if site.inspection.problems else []
    elif missing:
        sheet.line()
        sheet.prose(f"There is no site in {missing}; to check it too, build it first: cablepress build")
    sheet.line()
    if groups:
        sheet.prose(f"{_counts(groups)}. All of them: {' and '.join(map(str, logs))}")
        sheet.prose("What a kind of problem means: cablepress check --explain CODE")
    elif site is None or not site.has_warnings:
        sheet.line("No problems were found.")


def _print_group(sheet: Sheet, group: ProblemGroup) -> None:
    """A kind of problem: what it means, the first of its kind, what to do."""
    sheet.line()
    sheet.kind(group.severity, group.code, group.count)
    explained = problem_codes().get(group.code)
    if explained:
        sheet.prose(explained.meaning, indent=_INDENT)
    sheet.problem(group.example)
    if explained and explained.to_do != "Nothing." and not _is_said(explained.to_do, group.example.next_step):
        sheet.prose(f"next: {explained.to_do}", indent=_INDENT, hanging=_INDENT)


def _is_said(sentence: str, words: str) -> bool:
    return sentence.rstrip(".").lower() in words.lower()


def _counts(groups: Sequence[ProblemGroup]) -> str:
    """'1 error, 14 warnings, 9 notes'."""
    return ", ".join(
        counted(sum(group.count for group in groups if group.severity == severity), word)
        for severity, word in SEVERITY_WORDS.items()
        if any(group.severity == severity for group in groups)
    )


def _questions(report: CheckReport) -> Iterator[tuple[str, list[str], int]]:
    """Each question that is open: its title with a count, its first entries, how many more there are."""
    answers = report.answers
    for title, entries, listed in (
        ("Undated cables", [_cable(row) for row in answers.undated.first], answers.undated),
        (
            "Cables without a reference id",
            [_cable(row) for row in answers.without_id.first],
            answers.without_id,
        ),
        (
            "TAGS that no table explains",
            [_tag(tag) for tag in answers.unknown_tags.first],
            answers.unknown_tags,
        ),
        (
            "Reference ids that several sources have",
            [_shared_id(shared) for shared in answers.shared_ids.first],
            answers.shared_ids,
        ),
        (
            "Texts that stand under several names",
            [_paths(cables) for cables in answers.same_texts.first],
            answers.same_texts,
        ),
        (
            "Cables cited and not held, the most cited first",
            [_not_held(cited) for cited in answers.not_held.first],
            answers.not_held,
        ),
        (
            "Telegrams with sections missing",
            [_sections(telegram) for telegram in answers.missing_sections.first],
            answers.missing_sections,
        ),
    ):
        if listed.count:
            yield f"{title} ({listed.count:,})", entries, listed.count - len(listed.first)


def _cable(row: CableRow) -> str:
    return f"{row.path}  {row.subject}"


def _tag(tag: UnknownTag) -> str:
    return f"{tag.code}  in {counted(tag.cables.count, 'cable')}: {_paths(tag.cables)}"


def _shared_id(shared: SharedId) -> str:
    texts = "the same text" if shared.is_same_text else "different texts"
    return f"{shared.id}  {texts} in {_paths(shared.cables)}"


def _not_held(cited: NotHeld) -> str:
    return f"{cited.id}  cited by {counted(cited.cited_by.count, 'cable')}: {_paths(cited.cited_by)}"


def _sections(telegram: MissingSections) -> str:
    return f"{_paths(telegram.cables)}  {missing_sections_in_words(telegram.missing, telegram.sections)}"


def _paths(cables: Listed[CableRow]) -> str:
    """The sources of some cables, 'and 3 more' behind them where there are more."""
    more = cables.count - len(cables.first)
    return ", ".join(row.path for row in cables.first) + (f" and {more:,} more" if more else "")


def check_as_dict(report: CheckReport, content: object, site: SiteCheck | None = None) -> dict[str, Any]:
    """A check as one JSON document; the documentation names its keys."""
    answers = report.answers
    return {
        "content": str(content),
        "cables": report.cables,
        "pages": report.pages,
        "withheld": report.withheld,
        "problems": [_group_dict(group) for group in report.problems],
        "undated": _listed(answers.undated, "cables", _cable_dict),
        "without_id": _listed(answers.without_id, "cables", _cable_dict),
        "unknown_tags": _listed(
            answers.unknown_tags, "tags", lambda tag: {"code": tag.code, **_sources(tag.cables)}
        ),
        "shared_ids": _listed(
            answers.shared_ids,
            "ids",
            lambda shared: {
                "id": shared.id,
                "same_text": shared.is_same_text,
                **_sources(shared.cables),
            },
        ),
        "same_texts": _listed(answers.same_texts, "texts", _sources),
        "not_held": _listed(
            answers.not_held, "references", lambda cited: {"id": cited.id, **_sources(cited.cited_by)}
        ),
        "missing_sections": _listed(
            answers.missing_sections,
            "telegrams",
            lambda telegram: {
                "id": telegram.cables.first[0].id,
                "sections": telegram.sections,
                "missing": list(telegram.missing),
                **_sources(telegram.cables),
            },
        ),
        "log": report.log.as_posix(),
        "site": None
        if site is None
        else {**site_as_dict(site), "problems": [_group_dict(group) for group in site.inspection.problems]},
    }


def _listed(listed: Listed[T], name: str, as_dict: Callable[[T], dict[str, Any]]) -> dict[str, Any]:
    return {"count": listed.count, name: [as_dict(entry) for entry in listed.first]}


def _cable_dict(row: CableRow) -> dict[str, Any]:
    return {"source": row.path, "id": row.id, "subject": row.subject}


def _sources(cables: Listed[CableRow]) -> dict[str, Any]:
    return {"count": cables.count, "sources": [row.path for row in cables.first]}


def _group_dict(group: ProblemGroup) -> dict[str, Any]:
    return {
        "code": group.code,
        "severity": group.severity,
        "count": group.count,
        **_explanation(problem_codes().get(group.code)),
        "example": _problem_dict(group.example),
    }


def _explanation(explained: ProblemCode | None) -> dict[str, str]:
    return {
        "meaning": explained.meaning if explained else "",
        "kept": explained.kept if explained else "",
        "to_do": explained.to_do if explained else "",
    }


def _problem_dict(problem: Problem) -> dict[str, Any]:
    names = ("source", "line", "column", "excerpt", "message", "next_step")
    return {name: getattr(problem, name) for name in names}


def print_explanation(explained: ProblemCode) -> None:
    """Print what a code means."""
    sheet = Sheet()
    sheet.kind(explained.severity, explained.code)
    for label, text in (("found", explained.meaning), ("kept", explained.kept), ("to do", explained.to_do)):
        sheet.prose(f"{label:<7}{text}", indent="  ", hanging=" " * 7)


def no_such_code(code: str) -> str:
    """What is said of a code that the list does not have."""
    near = get_close_matches(code.lower(), problem_codes(), n=1, cutoff=0.5)
    meant = f"; did you mean {near[0]!r}?" if near else ""
    return f"there is no problem code {code!r}{meant}"
