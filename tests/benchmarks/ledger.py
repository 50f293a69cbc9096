"""What a ledger costs beside parsing: a thousand terms over synthetic telegrams.

    python tests/benchmarks/ledger.py [COUNT] [TERMS]      (default 2000 1000)

One telegram in a hundred holds a term, some ten times; to redact it takes about as long as to parse it twice. Half of the
telegrams are ASCII alone, in each of the others stand some twenty accents.
"""

import random
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date

from telegrams import as_telegram, draft

from generator import parse_cable
from generator.release.ledger import Ledger, read_ledger
from generator.release.release import release
from generator.release.use import LedgerUse
from generator.telegram.cable import Cable

_ROUNDS = 5
_DAY = date(2026, 1, 1)
_PARTS = "ras sen dyll hen tzau tar len heim fla via sapt fritz ru pert mi chael an toi nette mau ban black".split()


def names(rng: random.Random, count: int) -> list[str]:
    """Names that no telegram of the bench holds by chance."""
    found: set[str] = set()
    while len(found) < count:
        found.add(
            " ".join(
                "".join(rng.choices(_PARTS, k=rng.randint(3, 4))).capitalize()
                for _ in range(rng.randint(1, 2))
            )
        )
    return sorted(found)


def ledger_of(terms: Sequence[str]) -> Ledger:
    return read_ledger("".join(f'[[redact]]\nterm = "{term}"\n' for term in terms))


def sources(rng: random.Random, count: int, terms: Sequence[str]) -> list[str]:
    """Telegrams, of which one in a hundred holds a term, several times."""
    texts = []
    for number in range(1, count + 1):
        text = as_telegram(draft(number))
        if number % 2:
            text = text.replace("council", "coun\u00e7il", 20)
        if number % 100 == 0:
            text = text.replace("delegation", rng.choice(terms), 9)
        texts.append(text)
    return texts


def best(work: Callable[[], object]) -> float:
    costs = []
    for _ in range(_ROUNDS):
        began = time.process_time()
        work()
        costs.append(time.process_time() - began)
    return min(costs)


def main(count: int, terms: int) -> None:
    rng = random.Random(4)
    known = names(rng, terms)
    texts = sources(rng, count, known[: max(1, terms // 10)])
    cables: list[Cable] = []
    parsing = best(lambda: cables.__setitem__(slice(None), [parse_cable(text) for text in texts]))
    use = LedgerUse()
    costs = {}
    for name, ledger in (("no ledger", Ledger()), (f"{terms} terms", ledger_of(known))):

        def clear(ledger: Ledger = ledger) -> None:
            nonlocal use
            use = LedgerUse()
            for cable in cables:
                use.add(release(cable, path="a/b.txt", front_matter={}, ledger=ledger, today=_DAY))

        costs[name] = best(clear)
    print(f"{count} telegrams, microseconds each: parse {parsing / count * 1e6:.0f}", end="")
    for name, cost in costs.items():
        print(f", {name} {cost / count * 1e6:.0f}", end="")
    ledger_cost = costs[f"{terms} terms"] - costs["no ledger"]
    print(
        f"; the ledger costs {ledger_cost / parsing:.1%} of the parse time, {sum(use.places.values())} places redacted"
    )


if __name__ == "__main__":
    arguments = [int(argument) for argument in sys.argv[1:]]
    main(*(arguments + [2000, 1000][len(arguments) :]))
