"""What a state has to tell at the end: its problems by kind, the log of all of them, what the ledger did."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import msgspec

from generator.archive.state import State
from generator.build.writing import naming
from generator.problem import Problem, ProblemGroup, by_kind, gravest_first
from generator.release.use import LedgerUse

_OFTEN = 1_000  # problems


def write_log(state: State, whole: Sequence[Problem], file: Path) -> None:
    """Write all problems, one JSON object a line: `whole` are those of the archive, then come those of sources by path."""
    temporary = file.with_suffix(".new")
    with naming(file), temporary.open("wb") as log:
        for problem in whole:
            log.write(msgspec.json.encode(problem) + b"\n")
        for (data,) in state.db.execute(
            "SELECT data FROM unit JOIN problem ON problem.unit = unit.number ORDER BY unit.key, place"
        ):
            log.write(data + b"\n")
    temporary.replace(file)


def ledger_use(state: State) -> LedgerUse:
    """What the ledger did in all units."""
    use = LedgerUse()
    for (data,) in state.db.execute("SELECT uses FROM unit WHERE uses IS NOT NULL"):
        use.merge(msgspec.json.decode(data, type=LedgerUse))
    use.cleared = state.db.execute("SELECT count(*) FROM cable").fetchone()[0]
    use.withheld = int(state.db.execute("SELECT total(withheld) FROM unit").fetchone()[0])
    return use


def folder_sizes(state: State) -> dict[str, int]:
    """The bytes below each folder at the top of the site, with '/' behind its name; of the files at the top below ''."""
    return dict(
        state.db.execute(
            "SELECT substr(address, 1, instr(address, '/')) AS folder, CAST(total(size) AS INTEGER) FROM "
            "(SELECT address, size FROM cable UNION ALL SELECT address, size FROM page) GROUP BY folder"
        )
    )


def problem_groups(state: State, whole: Sequence[Problem]) -> tuple[ProblemGroup, ...]:
    """All problems by kind, the gravest first; `whole` are those that no unit has."""
    groups = by_kind(whole)
    for severity, code, count in state.db.execute(
        "SELECT severity, code, count(*) FROM problem GROUP BY severity, code"
    ).fetchall():
        known = groups.get((severity, code))
        if known:
            groups[(severity, code)] = replace(known, count=known.count + count)
            continue
        # The first by path. A kind that is told often is soon met among all units; of another all are looked up.
        join = "unit CROSS JOIN problem" if count > _OFTEN else "problem CROSS JOIN unit"
        (data,) = state.db.execute(
            f"SELECT data FROM {join} ON problem.unit = unit.number WHERE code = ? AND severity = ? "  # noqa: S608
            "ORDER BY unit.key, place LIMIT 1",
            (code, severity),
        ).fetchone()
        example = msgspec.json.decode(data, type=Problem)
        groups[(severity, code)] = ProblemGroup(code=code, severity=severity, count=count, example=example)
    return gravest_first(groups.values())
