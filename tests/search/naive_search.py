"""A search over all cables, one after the other: what the engine has to find, and how plain BM25 orders it."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from search.plain_index import PlainCable, day_of, letter_of_length

from generator.release.cleared import MARK
from generator.search.tokens import tokens


@dataclass(frozen=True, slots=True)
class Choice:
    """A part of a query: as it is written, how often it is in a cable, and whether that counts for the order."""

    written: str
    times: Callable[["NaiveCable"], int]
    counts: bool = True


@dataclass(frozen=True, slots=True)
class Clause:
    choices: Sequence[Choice]
    is_excluded: bool = False

    @property
    def written(self) -> str:
        return ("-" if self.is_excluded else "") + " OR ".join(choice.written for choice in self.choices)

    def holds(self, cable: "NaiveCable") -> bool:
        return any(choice.times(cable) for choice in self.choices) is not self.is_excluded


class NaiveCable:
    """A cable as a row of words with gaps, and its head as another."""

    def __init__(self, cable: PlainCable) -> None:
        self.day = day_of(cable)
        self.text: list[str] = []
        for text in [cable.subject, *(text for text, _ in cable.blocks)]:
            for passage in text.split(MARK):
                self.text += [*tokens(passage), ""]
        self.words = [word for word in [*self.text, *tokens(cable.head)] if word]
        self.marks = set(cable.marks)
        # As the index keeps it
        self.length = 16 * 2 ** ((ord(letter_of_length(len(self.words))) - 35) / 10)


def word(token: str) -> Choice:
    return Choice(token, lambda cable: cable.words.count(token))


def prefix(begin: str) -> Choice:
    return Choice(f"{begin}*", lambda cable: sum(word.startswith(begin) for word in cable.words))


def phrase(*words: str) -> Choice:
    def times(cable: NaiveCable) -> int:
        return sum(tuple(cable.text[at : at + len(words)]) == words for at in range(len(cable.text)))

    return Choice(f'"{" ".join(words)}"', times)


def mark(name: str) -> Choice:
    return Choice(name, lambda cable: name in cable.marks, counts=False)


def days(written: str, first: int, last: int) -> Choice:
    return Choice(written, lambda cable: first <= cable.day <= last and cable.day > 0, counts=False)


def found(cables: Sequence[NaiveCable], clauses: Sequence[Clause]) -> set[int]:
    return {number for number, cable in enumerate(cables) if all(clause.holds(cable) for clause in clauses)}


def scores(cables: Sequence[NaiveCable], clauses: Sequence[Clause]) -> list[float]:
    """Plain BM25 of every cable."""
    average = sum(len(cable.words) for cable in cables) / len(cables)
    scores = [0.0] * len(cables)
    for choice in [
        choice for clause in clauses if not clause.is_excluded for choice in clause.choices if choice.counts
    ]:
        times = [choice.times(cable) for cable in cables]
        held = sum(count > 0 for count in times)
        idf = max(math.log((len(cables) - held + 0.5) / (held + 0.5)), 1e-6)
        for number, count in enumerate(times):
            share = 1.2 * (0.25 + 0.75 * cables[number].length / average)
            scores[number] += idf * count * 2.2 / (count + share)
    return scores
