"""The page on the health of the archive: what was doubtful in its cables, and what it looks for.

A reader sees meanings and links to cables; an editor's view, with files and lines, is `cablepress check`. All of it
comes from cleared cables. Long lists are cut, so that the page stays small whatever the archive.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from msgspec import Struct

from generator.archive.address import HEALTH, STATISTICS, facet_address, relative
from generator.archive.cable_row import CableRow
from generator.archive.catalogue import Catalogue
from generator.archive.questions import Answers, Listed, ProblemCount
from generator.problem import Severity
from generator.problem_codes import problem_codes
from generator.render.frame import Frame, Link, make_frame
from generator.render.words import counted, missing_sections_in_words, short_date
from generator.settings import Settings

TITLE = "Health of the archive"

# Entries of a list, and cables of an entry.
MOST = 50
EXAMPLES = 5

_INTRODUCTION = (
    "What was found while the cables of this archive were read. "
    "The page of each cable says what was repaired or doubtful in it, and shows its header as it was sent."
)

_GROUP_TITLES: dict[Severity, str] = {"error": "Faulty", "warning": "Doubtful", "info": "Repaired or noted"}


class HealthEntry(Struct, frozen=True, kw_only=True):
    """One entry of a list: a cable, a code, or a kind of problem, with the cables concerned."""

    label: str
    href: str = ""  # '' where it has no page
    note: str = ""
    place: str = ""  # what stands before the cables: 'In 3 cables:'
    cables: tuple[Link, ...] = ()
    more: str = ""  # 'and 3 more', '' where all are shown


class HealthList(Struct, frozen=True, kw_only=True):
    """A list under a heading."""

    title: str
    count: str  # '17', how long the list is without its cut; '' where that says nothing
    explanation: str
    entries: tuple[HealthEntry, ...]
    more: str = ""
    whole: Link | None = None  # a page that lists them all


class HealthPage(Struct, frozen=True, kw_only=True):
    """What `health.html` receives as `page`."""

    title: str
    introduction: str
    problems: tuple[HealthList, ...]  # the gravest first
    questions: tuple[HealthList, ...]
    statistics: Link


def make_health_page(answers: Answers, catalogue: Catalogue, settings: Settings) -> tuple[Frame, HealthPage]:
    """Frame and value of the page; `answers` are cut to MOST and EXAMPLES."""
    page = HealthPage(
        title=TITLE,
        introduction=_INTRODUCTION,
        problems=tuple(_problem_lists(answers.problems)),
        questions=tuple(question for question in _questions(answers, catalogue) if question.entries),
        statistics=Link(href=relative(HEALTH, STATISTICS), label="The archive in numbers"),
    )
    return make_frame(settings, HEALTH, TITLE, description=_INTRODUCTION), page


def _problem_lists(problems: Sequence[ProblemCount]) -> Iterator[HealthList]:
    for severity, title in _GROUP_TITLES.items():
        entries = tuple(_problem(problem) for problem in problems if problem.severity == severity)
        if entries:
            yield HealthList(title=title, count="", explanation="", entries=entries)


def _problem(problem: ProblemCount) -> HealthEntry:
    explained = problem_codes().get(problem.code)
    times = f", {problem.count:,} times" if problem.count > problem.cables.count else ""
    return HealthEntry(
        label=explained.meaning if explained else problem.code,
        note=explained.kept if explained else "",
        place=f"In {counted(problem.cables.count, 'cable')}{times}:",
        cables=_links(problem.cables.first),
        more=_more(problem.cables),
    )


def _questions(answers: Answers, catalogue: Catalogue) -> Iterator[HealthList]:
    yield HealthList(
        title="Undated",
        count=f"{answers.undated.count:,}",
        explanation="Nothing in these texts tells when they were sent.",
        entries=tuple(_cable(row) for row in answers.undated.first),
        more=_more(answers.undated),
        whole=Link(href=relative(HEALTH, facet_address("date", "undated")), label="all of them"),
    )
    yield HealthList(
        title="Without a reference id",
        count=f"{answers.without_id.count:,}",
        explanation="No post and number was found by which these could be cited.",
        entries=tuple(_cable(row) for row in answers.without_id.first),
        more=_more(answers.without_id),
    )
    yield HealthList(
        title="TAGS without an explanation",
        count=f"{answers.unknown_tags.count:,}",
        explanation="These stand on the TAGS lines of cables and in no table of TAGS; some are typing errors.",
        entries=tuple(
            HealthEntry(
                label=tag.code,
                href=relative(HEALTH, facet_address("tag", tag.code)),
                note=f"in {counted(tag.cables.count, 'cable')}",
            )
            for tag in answers.unknown_tags.first
        ),
        more=_more(answers.unknown_tags),
    )
    yield HealthList(
        title="One reference id, several cables",
        count=f"{answers.shared_ids.count:,}",
        explanation="Corrected copies have the id of the cable they correct, and some cables came here twice.",
        entries=tuple(
            HealthEntry(
                label=shared.id,
                href=relative(HEALTH, catalogue.link_for(shared.id) or ""),
                place="the same text:" if shared.is_same_text else "different texts:",
                cables=_links(shared.cables.first, with_dates=True),
                more=_more(shared.cables),
            )
            for shared in answers.shared_ids.first
        ),
        more=_more(answers.shared_ids),
    )
    yield HealthList(
        title="One text, several names",
        count=f"{answers.same_texts.count:,}",
        explanation="These cables are word for word the same.",
        entries=tuple(
            HealthEntry(label=cables.first[0].subject, cables=_links(cables.first), more=_more(cables))
            for cables in answers.same_texts.first
        ),
        more=_more(answers.same_texts),
    )
    yield HealthList(
        title="Cited, but not in this archive",
        count=f"{answers.not_held.count:,}",
        explanation="The most cited come first.",
        entries=tuple(
            HealthEntry(
                label=cited.id,
                place=f"cited by {counted(cited.cited_by.count, 'cable')}:",
                cables=_links(cited.cited_by.first),
                more=_more(cited.cited_by),
            )
            for cited in answers.not_held.first
        ),
        more=_more(answers.not_held),
    )
    yield HealthList(
        title="Sections missing",
        count=f"{answers.missing_sections.count:,}",
        explanation="A long telegram was sent in sections, and not all of these are here.",
        entries=tuple(
            HealthEntry(
                label=telegram.cables.first[0].name,
                href=relative(HEALTH, telegram.cables.first[0].address),
                note=missing_sections_in_words(telegram.missing, telegram.sections),
            )
            for telegram in answers.missing_sections.first
        ),
        more=_more(answers.missing_sections),
    )


def _cable(row: CableRow) -> HealthEntry:
    return HealthEntry(label=row.name, href=relative(HEALTH, row.address), note=row.subject)


def _links(rows: Iterable[CableRow], *, with_dates: bool = False) -> tuple[Link, ...]:
    """Links to cables by name; with their dates where several have one name."""
    return tuple(
        Link(
            href=relative(HEALTH, row.address),
            label=f"{row.name} of {short_date(row.date, row.date_precision)}" if with_dates else row.name,
            title=row.subject,
        )
        for row in rows
    )


def _more(listed: Listed[Any]) -> str:
    rest = listed.count - len(listed.first)
    return f"and {rest:,} more" if rest else ""
