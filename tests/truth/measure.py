"""Measure how much of the truth the parser reads.

python tests/truth/measure.py COUNT [--plain] [--form NAME]
python tests/truth/measure.py --seed SEED [--plain] [--form NAME]

Writes COUNT telegrams, parses them, and prints what was missed, worst first: form, field, misses, and one example with
its seed. With --plain each form is measured by itself, COUNT times, all other zones written plainly. --form names one
form. --seed shows one telegram and all that was missed in it.
"""

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]

from truth.compare import FIELDS, Miss, find_misses  # noqa: E402 - found by the path above
from truth.telegram import FORMS, Telegram, write_telegram  # noqa: E402


def telegrams(count: int, form: str | None, *, plain: bool) -> Iterator[Telegram]:
    """The telegrams to measure."""
    if plain:
        for name in [form] if form else FORMS:
            for seed in range(count):
                yield write_telegram(seed, name, plain=True)
    else:
        for seed in range(count):
            yield write_telegram(seed, form)


def blame(misses: Iterable[Miss], drawn: Counter[str]) -> dict[tuple[str, str], list[Miss]]:
    """The misses by form and field.

    A field may be missed for what another zone holds: a page line, a damaged number, an encoding. So of each field the
    form is blamed whose telegrams miss it most often, then the next of what is left; chance needs three of a kind.
    """
    groups: dict[tuple[str, str], list[Miss]] = {}
    fields: dict[str, list[Miss]] = defaultdict(list)
    for miss in misses:
        fields[miss.field].append(miss)
    for field, left in fields.items():
        while left:
            beside = Counter(form for miss in left for form in {*miss.telegram.forms, miss.form})
            worst = max(beside, key=lambda form: (beside[form] >= 3) * beside[form] / max(drawn[form], 3))
            if beside[worst] < 3:
                for miss in left:
                    groups.setdefault((miss.form, field), []).append(miss)
                break
            groups[worst, field] = [miss for miss in left if worst in (miss.form, *miss.telegram.forms)]
            left = [miss for miss in left if worst not in (miss.form, *miss.telegram.forms)]
    return groups


def table(misses: Iterable[Miss], drawn: Counter[str]) -> Iterator[str]:
    """The misses grouped by form and field, worst first."""
    groups = blame(misses, drawn)
    for (form, field), group in sorted(groups.items(), key=lambda entry: -len(entry[1])):
        example = min(group, key=lambda miss: len(miss.telegram.text))
        yield f"{form:44} {field:16} {len(group):6} of {drawn[form]:6}"
        yield f"    seed {example.telegram.seed} ({example.telegram.era})"
        expected, found = differing(repr(example.expected), repr(example.found))
        yield f"    expected {expected}"
        yield f"    found    {found}"


def differing(expected: str, found: str, width: int = 160) -> tuple[str, str]:
    """Both cut to the place where they begin to differ."""
    at = next((n for n, (a, b) in enumerate(zip(expected, found, strict=False)) if a != b), 0)
    start = max(0, at - width // 3)
    return tuple(("..." if start else "") + text[start : start + width] for text in (expected, found))  # type: ignore[return-value]


def report(
    count: int, form: str | None = None, *, plain: bool = False, fields: Sequence[str] = FIELDS
) -> tuple[float, list[str]]:
    """Measure; the share of fields that are right, and the table of misses with a summary as its last line."""
    drawn: Counter[str] = Counter()
    misses: list[Miss] = []
    wrong = whole = 0
    for telegram in telegrams(count, form, plain=plain):
        whole += 1
        drawn.update(set(telegram.forms))
        found = [miss for miss in find_misses(telegram) if miss.field in fields]
        wrong += len({miss.field for miss in found})
        misses += found
    share = 1 - wrong / (whole * len(fields))
    return share, [
        *table(misses, drawn),
        f"{whole} telegrams, {share:.2%} of {whole * len(fields)} fields right",
    ]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("count", type=int, nargs="?", default=1000)
    parser.add_argument("--plain", action="store_true")
    parser.add_argument("--form", choices=sorted(FORMS), metavar="NAME")
    parser.add_argument("--seed", type=int)
    options = parser.parse_args()
    if options.seed is None:
        _, lines = report(options.count, options.form, plain=options.plain)
        print("\n".join(lines))
        return
    telegram = write_telegram(options.seed, options.form, plain=options.plain)
    print(telegram.text)
    print(telegram.source, *telegram.forms)
    for miss in find_misses(telegram):
        print(f"{miss.field} ({miss.form})\n    expected {miss.expected!r}\n    found    {miss.found!r}")


if __name__ == "__main__":
    main()
