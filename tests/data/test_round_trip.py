"""From the data alone the catalogue can be made again: every cable with its dates, codes and level, its lists and its threads."""

import csv
import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from shared_builds import Specimens
from site_tools import build, write_files
from truth.telegram import write_telegram

from generator.archive.threads import FEWEST
from generator.archive.whole_threads import thread_counts
from generator.lexicon import Lexicon
from generator.settings import load_settings, project_lexicon
from generator.telegram.reference_id import other_name

ROOT = Path(__file__).parent.parent.parent
IS_PROOF = os.environ.get("HYPOTHESIS_PROFILE") == "proof"

Known = dict[str, Any]  # what is known of a cable, by name


@pytest.fixture(scope="module", params=["content", "messy"])
def project(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, specimens: Specimens
) -> Path:
    """The specimens; telegrams of every form and damage."""
    if request.param == "content":
        return specimens.folder
    folder = tmp_path_factory.mktemp("round-trip")
    texts = {f"content/{seed}.txt": write_telegram(seed).text for seed in range(1000 if IS_PROOF else 150)}
    write_files(folder, texts)
    build(folder, load_settings(ROOT))
    return folder


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return project_lexicon(load_settings(ROOT))


@pytest.fixture
def state(project: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(project / ".cablepress/state.sqlite")) as db:
        yield db


def of_the_state(db: sqlite3.Connection) -> dict[str, Known]:
    """The catalogue as the state has it, by addresses, in the order of the data."""
    known: dict[str, Known] = {}
    for number, *values in db.execute(
        "SELECT number, address, id, subject, date, date_precision, post, classification, paragraphs, sections "
        "FROM cable ORDER BY year = 0, year, month, place"
    ).fetchall():
        names = "address id subject date date_precision post classification paragraphs sections".split()
        found: Known = dict(zip(names, values, strict=True))
        found["lists"] = {
            (facet, value)
            for facet, value in db.execute(
                "SELECT facet, value FROM listed JOIN list ON list.number = list WHERE cable = ?", (number,)
            )
            if facet != "country"
        }
        found["cites"] = {id_ for (id_,) in db.execute("SELECT id FROM reference WHERE cable = ?", (number,))}
        known[found["address"]] = found
    return known


def lists(tags: list[str], date: str | None, post: str | None, level: str | None) -> set[tuple[str, str]]:
    values = {("tag", tag) for tag in tags} | {("date", date[:4] if date else "undated")}
    values |= {("origin", post)} if post else set()
    return values | ({("classification", level)} if level else set())


def of_the_lines(project: Path) -> dict[str, Known]:
    known: dict[str, Known] = {}
    with (project / "site/data/cables.jsonl").open(encoding="utf-8") as file:
        for cable in map(json.loads, file):
            date = cable["date"][:16] + "+00:00" if cable["date"] else None
            numbers = {block.get("anchor") for block in cable["body"]}
            paragraphs = next(n for n in range(1000) if f"par{n + 1}" not in numbers)
            known[cable["address"]] = {
                "address": cable["address"],
                "id": cable["id"],
                "subject": cable["subject"] or "No subject",
                "date": date,
                "date_precision": cable["date_precision"],
                "post": cable["post"],
                "classification": cable["classification"],
                "paragraphs": paragraphs,
                "sections": cable["sections"],
                "lists": lists(cable["tags"], date, cable["post"], cable["classification"]),
                "cites": set(cable["cites"]),
            }
    return known


def of_the_table(project: Path) -> dict[str, Known]:
    known: dict[str, Known] = {}
    with (project / "site/data/cables.csv").open(encoding="utf-8", newline="") as file:
        for cable in csv.DictReader(file):
            date = cable["date"][:16] + "+00:00" if cable["date"] else None
            tags = cable["tags"].split("|") if cable["tags"] else []
            known[cable["address"]] = {
                "address": cable["address"],
                "id": cable["id"] or None,
                "subject": cable["subject"] or "No subject",
                "date": date,
                "date_precision": cable["date_precision"] or None,
                "post": cable["post"] or None,
                "classification": cable["classification"] or None,
                "paragraphs": int(cable["paragraphs"]),
                "sections": int(cable["sections"]),
                "lists": lists(tags, date, cable["post"], cable["classification"]),
                "cites": set(cable["cites"].split("|")) if cable["cites"] else set(),
            }
    return known


@pytest.mark.parametrize("of_the_data", [of_the_lines, of_the_table])
def test_the_catalogue_is_in_the_data(project: Path, state: sqlite3.Connection, of_the_data: Any) -> None:
    expected, found = of_the_state(state), of_the_data(project)
    assert len(expected) > 50
    assert list(found) == list(expected)  # in order
    for address, known in expected.items():
        assert found[address] == known


@pytest.mark.parametrize("of_the_data", [of_the_lines, of_the_table])
def test_the_threads_are_in_the_data(
    project: Path, state: sqlite3.Connection, lexicon: Lexicon, of_the_data: Any
) -> None:
    """A thread is that of a cable which three or more others cite, by whichever name of its post."""
    citing: dict[str, set[str]] = {}
    cables = of_the_data(project)
    for address, known in cables.items():
        for id_ in known["cites"]:
            citing.setdefault(id_, set()).add(address)
    counts: dict[str, int] = {}
    for id_ in {known["id"] for known in cables.values() if known["id"]}:
        other = other_name(id_, lexicon)
        count = len(citing.get(id_, set()) | (citing.get(other, set()) if other else set()))
        if count >= FEWEST:
            counts[id_] = count
    assert counts == thread_counts(state, lexicon)
