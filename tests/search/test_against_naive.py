"""What the engine finds is what a search over all cables finds, for many made questions; plain BM25 orders it alike."""

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from search import naive_search as naive
from search.naive_search import Choice, Clause, NaiveCable
from search.plain_index import PlainCable
from search.search_sites import fillers, in_order, made_site

QUESTIONS = 300
LEVELS = ["UNCLASSIFIED", "SECRET", "TOP SECRET"]


def made_cables(count: int) -> list[PlainCable]:
    """Cables with words of every frequency, in all parts of them; some have no date."""
    chance = random.Random(7)
    made = []
    for cable in fillers(count, seed=2):
        (text, _), words = cable.blocks[0], cable.blocks[0][0].split()
        dated = chance.random() > 0.05
        made.append(
            PlainCable(
                name=cable.name,
                subject=cable.subject,
                blocks=(
                    (" ".join(chance.choices(words, k=8)), True),
                    (text, False),
                    (" ".join(words[:5]), False),
                ),
                head=" ".join(chance.choices(words, k=3)),
                marks=(*cable.marks, *chance.choices(["tag:pgov", "tag:prel", "has:refs"], k=2)),
                date=cable.date if dated else "",
                post=cable.post,
            )
        )
    return in_order(made)


def made_choice(chance: random.Random, cables: Sequence[NaiveCable]) -> Choice:
    """A part of a query that some cable may well answer."""
    text = chance.choice(cables).text
    kind = chance.randrange(8)
    if kind < 4:
        return naive.word(chance.choice([word for word in text if word]))
    if kind == 4:
        return naive.prefix(chance.choice([word for word in text if word])[: chance.randint(1, 5)])
    if kind == 5:
        at = chance.randrange(len(text))
        words = text[at : at + chance.randint(2, 3)]
        return naive.phrase(*words) if len(words) > 1 and all(words) else naive.word("embassy")
    if kind == 6:
        return naive.mark(
            chance.choice(["tag:pgov", "tag:prel", "from:fillen", "has:refs", "class:unclassified"])
        )
    first = date(2004, 1, 1) + timedelta(chance.randrange(1000))
    last = first + timedelta(chance.randrange(700))
    return naive.days(f"{first}..{last}", first.toordinal(), last.toordinal())


def made_question(chance: random.Random, cables: Sequence[NaiveCable]) -> list[Clause]:
    clauses = [Clause([made_choice(chance, cables) for _ in range(chance.choice([1, 1, 1, 2, 3]))])]
    for _ in range(chance.choice([0, 1, 1, 2])):
        if chance.random() < 0.25:
            clauses.append(Clause([made_choice(chance, cables)], is_excluded=True))
        else:
            clauses.append(Clause([made_choice(chance, cables) for _ in range(chance.choice([1, 1, 1, 2]))]))
    return clauses


CABLES = made_cables(150)
NAIVE = [NaiveCable(cable) for cable in CABLES]
_CHANCE = random.Random(11)
MADE_QUESTIONS = [made_question(_CHANCE, NAIVE) for _ in range(QUESTIONS)]


@pytest.fixture(scope="module")
def page(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    site: Path = made_site(tmp_path_factory.mktemp("naive"), CABLES)
    page = browser.new_page()
    page.goto((site / "index.html").as_uri())
    page.evaluate("void (window.finder = cablepress.open('.'))")
    yield page
    page.close()


def answers(page: Page, options: dict[str, object]) -> list[dict[str, list[int]]]:
    written = [" ".join(clause.written for clause in clauses) for clauses in MADE_QUESTIONS]
    asking = "([texts, options]) => Promise.all(texts.map((text) => finder.search(text, options)))"
    answers: list[dict[str, list[int]]] = page.evaluate(asking, [written, options])
    return answers


@pytest.mark.parametrize("options", [{}, {"plain": True}, {"order": "oldest"}, {"order": "newest"}])
def test_the_same_cables_are_found(page: Page, options: dict[str, object]) -> None:
    for clauses, answer in zip(MADE_QUESTIONS, answers(page, options), strict=True):
        assert set(answer["cables"]) == naive.found(NAIVE, clauses), [clause.written for clause in clauses]
        assert len(answer["cables"]) == len(set(answer["cables"]))


def test_most_questions_find_something() -> None:
    fruitful = [clauses for clauses in MADE_QUESTIONS if naive.found(NAIVE, clauses)]
    assert len(fruitful) > QUESTIONS / 2


def test_plain_bm25_puts_them_in_the_same_order(page: Page) -> None:
    for clauses, answer in zip(MADE_QUESTIONS, answers(page, {"plain": True}), strict=True):
        scores = naive.scores(NAIVE, clauses)
        given = [scores[number] for number in answer["cables"]]
        for better, worse in pairwise(given):
            assert better >= worse - 1e-9, [clause.written for clause in clauses]


def test_the_order_of_days_puts_the_undated_last(page: Page) -> None:
    for order in ("oldest", "newest"):
        for answer in answers(page, {"order": order}):
            dates = [CABLES[number].date for number in answer["cables"]]
            undated = sum(not date for date in dates)
            dated = dates[: len(dates) - undated]
            assert dated == sorted(dated, reverse=order == "newest")
            assert not any(dates[len(dated) :])
