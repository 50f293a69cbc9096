"""The ledger over the telegrams of content/ and of every form that the truth knows."""

import random
import re
from collections.abc import Iterator
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import given
from release_tools import all_strings, outcome
from truth.telegram import write_telegram

from generator.telegram.cable import Cable
from generator.telegram.messages import parse_messages

CONTENT = Path(__file__).parent.parent.parent / "content"
WORD = re.compile(r"[A-Za-z]{7,}")

# A level, a paragraph and nothing: what is redacted must be gone with each.
SETTINGS = (
    "",
    '[release]\nhighest = "UNCLASSIFIED"\nportions = true\n',
    '[release]\nhighest = "CONFIDENTIAL"\n',
)


def cables_of(path: Path) -> Iterator[Cable]:
    return parse_messages(path.read_text("utf-8", "replace"), source=path.relative_to(CONTENT).as_posix())


def check(cable: Cable, rng: random.Random) -> None:
    """Redact some of a cable's words, and look for them in all that is left of it."""
    words = sorted({word.upper() for part in cable.parts for word in WORD.findall(part.text)})
    chosen = rng.sample(words, min(len(words), 5))
    for settings in SETTINGS:
        ledger = settings + "".join(f'[[redact]]\nterm = "{word}"\n' for word in chosen)
        released = outcome(cable, ledger, path=cable.source)
        assert (released.cleared is None) is (released.withheld is not None)
        if released.cleared is not None:
            left = "\n".join(text for text in all_strings(released.cleared))
            assert [
                word for word in chosen if re.search(rf"(?<![^\W_]){word}(?![^\W_])", left, re.IGNORECASE)
            ] == []


@pytest.mark.parametrize(
    "path", sorted(CONTENT.rglob("*.txt")), ids=lambda path: path.relative_to(CONTENT).as_posix()
)
def test_words_of_a_real_file_can_be_redacted(path: Path) -> None:
    rng = random.Random(path.name)
    for cable in cables_of(path):
        check(cable, rng)


@given(st.integers(0, 1 << 30))
def test_words_of_a_telegram_of_any_form_can_be_redacted(seed: int) -> None:
    written = write_telegram(seed)
    for cable in parse_messages(written.text, source=written.source):
        check(cable, random.Random(seed))
