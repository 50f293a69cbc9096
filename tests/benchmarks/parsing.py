"""How long it takes to understand a telegram, beside what reading it costs at the least.

    python tests/benchmarks/parsing.py [COUNT]      (default 1000)

'plain' opens each file, finds the fields of the header with one regular expression and cuts the text at blank lines with
another;
'header' is all that `parse_cable` does before the body. Each figure is the best of several rounds in one process; the
ratio to 'plain' can be compared between machines.
"""

import re
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from telegrams import write_telegrams

from generator import parse_cable
from generator.lexicon import builtin_lexicon
from generator.telegram.message_header import read_message_header
from generator.telegram.source_text import read_lines
from generator.telegram.transmission import read_transmission

_ROUNDS = 7
_PARAGRAPH_END = re.compile(r"\n\s*\n")
_FIELDS = re.compile(r"^(?:FM|TO|INFO|E\.O\.|TAGS:|SUBJECT:|REF:)\s+(.*)$", re.MULTILINE)


def plain(path: Path) -> None:
    text = path.read_text("utf-8")
    _FIELDS.findall(text)
    _PARAGRAPH_END.split(text)


def header(path: Path) -> None:
    lines = read_lines(path.read_text("utf-8"))
    transmission = read_transmission(lines, builtin_lexicon())
    read_message_header(lines, len(transmission.kinds), builtin_lexicon())


def whole(path: Path) -> None:
    parse_cable(path.read_text("utf-8"), source=path.name)


def best_of_rounds(read: Callable[[Path], None], paths: list[Path]) -> float:
    """Microseconds a telegram."""
    best = float("inf")
    for _ in range(_ROUNDS):
        began = time.process_time()
        for path in paths:
            read(path)
        best = min(best, time.process_time() - began)
    return best / len(paths) * 1e6


def main(count: int) -> None:
    with tempfile.TemporaryDirectory(prefix="cablepress-bench-") as folder:
        write_telegrams(Path(folder), count)
        paths = sorted(Path(folder).rglob("*.txt"))
        size = sum(path.stat().st_size for path in paths) / len(paths)
        costs = {read.__name__: best_of_rounds(read, paths) for read in (plain, header, whole)}
    print(f"{count} telegrams of {size / 1000:.1f} KB: microseconds each, and beside 'plain'")
    for name, cost in costs.items():
        print(f"{name:>8} {cost:>6.0f} {cost / costs['plain']:>6.1f}")
    print(
        f"{1e6 / costs['whole']:.0f} telegrams a second; {costs['header'] / costs['whole']:.0%} of it in the header"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
