"""Plain BM25 beside SQLite's FTS5 over the same tokens: the same cables, and nearly the same first ten.

Lengths are the one thing in which they differ: the index keeps them to a fifteenth or so.
"""

import random
import re
import sqlite3
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from search.search_sites import made_site
from search.test_against_naive import CABLES, NAIVE

QUESTIONS = 500
_GAP = "gapgapgap"  # stands where the text has an empty place, so that no phrase reaches across


@pytest.fixture(scope="module")
def page(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    page = browser.new_page()
    page.goto((made_site(tmp_path_factory.mktemp("fts5"), CABLES) / "index.html").as_uri())
    yield page
    page.close()


@pytest.fixture(scope="module")
def table() -> sqlite3.Connection:
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE cable USING fts5(words, tokenize = 'unicode61 remove_diacritics 0')")
    for number, cable in enumerate(NAIVE):
        text = [word or _GAP for word in cable.text]
        head = cable.words[sum(word != "" for word in cable.text) :]
        # No phrase stands in the head.
        words = " ".join([*text, *(f"{_GAP} {word}" for word in head)])
        db.execute("INSERT INTO cable(rowid, words) VALUES (?, ?)", (number, words))
    return db


def made_questions() -> Iterator[str]:
    chance = random.Random(5)
    for _ in range(QUESTIONS):
        text = [word for word in chance.choice(NAIVE).text if word]
        parts = []
        for _ in range(chance.choice([1, 1, 2, 3])):
            at = chance.randrange(len(text) - 2)
            word, other = text[at], chance.choice(text)
            parts.append(
                chance.choice(
                    [word, word, word, f'"{word} {text[at + 1]}"', f"{word[:3]}*", f"{word} OR {other}"]
                )
            )
        yield " ".join(parts + ([f"-{chance.choice(text)}"] if chance.random() < 0.2 else []))


def as_fts5(query: str) -> str:
    """The same question in the grammar of FTS5, where OR binds less than AND."""
    wanted, excluded = [], ""
    for part in re.findall(r'(?:"[^"]*"|\S+)(?: OR \S+)*', query):
        if part.startswith("-"):
            excluded = f" NOT {part[1:]}"
        else:
            wanted.append(f"({part})")
    return f"({' AND '.join(wanted)}){excluded}"


def test_the_same_cables_are_found_and_nearly_the_same_come_first(
    page: Page, table: sqlite3.Connection
) -> None:
    questions = list(made_questions())
    asking = "(texts) => { const finder = cablepress.open('.'); return Promise.all(texts.map((text) => finder.search(text, { plain: true }))); }"
    shares = []
    for question, answer in zip(questions, page.evaluate(asking, questions), strict=True):
        rows = table.execute(
            "SELECT rowid FROM cable WHERE cable MATCH ? ORDER BY bm25(cable), rowid DESC",
            (as_fts5(question),),
        )
        theirs = [number for (number,) in rows]
        assert set(answer["cables"]) == set(theirs), question
        first = theirs[:10]
        if first:
            shares.append(len(set(first) & set(answer["cables"][:10])) / len(first))
    assert sum(shares) / len(shares) > 0.9
