"""How long it takes to make the pages of an archive, stage by stage, without what the catalogue takes to answer.

    python tests/benchmarks/rendering.py [COUNT]      (default 1000)

Each figure is the best of several rounds in one process. 'value' is all that a cable's page says, settled in Python;
'citations' and 'header', which it contains, are told beside it. Lists are all pages of TAGS, dates, origins and
classifications; a cable stands on seven or so of them.
"""

import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from telegrams import as_telegram, draft

from generator import parse_cable
from generator.archive.address import FACETS
from generator.archive.catalogue import Catalogue
from generator.archive.entry import entry_of
from generator.archive.state import State
from generator.archive.unit import Unit
from generator.archive.update import Update
from generator.lexicon import builtin_lexicon
from generator.release.cleared import ClearedCable, encode_cleared
from generator.release.ledger import Ledger
from generator.release.release import release
from generator.render.pages.cable_page import header_as_sent, make_cable_page
from generator.render.pages.list_pages import ListPages
from generator.render.template_files import builtin_templates
from generator.render.templates import Templates
from generator.render.text.markup import highlight_header
from generator.settings import Settings
from generator.telegram.citations import citation_context, citing_texts, find_citations

_ROUNDS = 7
_SETTINGS = Settings()
_LEXICON = builtin_lexicon()


class _Everything:
    """Holds any period."""

    def __contains__(self, period: object) -> bool:
        return True


def archive(count: int) -> tuple[list[ClearedCable], Catalogue]:
    """Synthetic cables, and their catalogue."""
    cables = []
    for number in range(1, count + 1):
        cable = parse_cable(as_telegram(draft(number)))
        outcome = release(
            cable, path=f"{number}.txt", front_matter={}, ledger=Ledger(), today=date(2026, 1, 1)
        )
        assert outcome.cleared is not None
        cables.append(outcome.cleared)
    state = State.new()
    update = Update(state, _LEXICON, is_first=True, seen=0)
    update.replace(
        [
            Unit(key=cable.path, kind="cable", entries=[entry_of(cable, encode_cleared(cable), _LEXICON)])
            for cable in cables
        ]
    )
    update.settle()
    return cables, Catalogue(state.db, _LEXICON)


def best_of_rounds(work: Callable[[], Iterator[object]], count: int) -> float:
    """Microseconds for each of `count`; what is made is let go at once, as a build does.

    The first round, in which caches fill, does not count.
    """
    deque(work(), maxlen=0)
    best = float("inf")
    for _ in range(_ROUNDS):
        began = time.process_time()
        deque(work(), maxlen=0)
        best = min(best, time.process_time() - began)
    return best / count * 1e6


def main(count: int) -> None:
    cables, catalogue = archive(count)
    around = catalogue.around([cable.path for cable in cables])
    templates = Templates([builtin_templates()])
    lists = ListPages(catalogue, _LEXICON, _SETTINGS)
    headers = [header_as_sent(cable) for cable in cables]
    contexts = [(citation_context(cable, _LEXICON), [*citing_texts(cable.body)]) for cable in cables]

    def values() -> Iterator[Any]:
        return (make_cable_page(cable, around, _LEXICON, _SETTINGS) for cable in cables)

    everything = _Everything()

    def list_values() -> Iterator[Any]:
        return (
            page
            for facet in FACETS
            for value in catalogue.values(facet)
            for page in lists.value_pages(facet, value.value, everything)
        )

    made, made_lists = [*values()], [*list_values()]
    rows = sum(
        len(page.rows) + len(page.newest) + sum(len(day.rows) for day in page.days)
        for _, _, page in made_lists
    )
    size = sum(len(templates.render("cable.html", {"frame": frame, "page": page})) for frame, page in made)
    stages: dict[str, Callable[[], Iterator[object]]] = {
        "citations": lambda: (find_citations(text, context) for context, texts in contexts for text in texts),
        "header": lambda: map(highlight_header, headers),
        "value": values,
        "template": lambda: (
            templates.render("cable.html", {"frame": frame, "page": page}) for frame, page in made
        ),
        "list values": list_values,
        "list template": lambda: (
            templates.render("list.html", {"frame": frame, "page": page}) for _, frame, page in made_lists
        ),
    }
    costs = {name: best_of_rounds(work, count) for name, work in stages.items()}
    print(f"{count} cables, pages of {size / count / 1000:.1f} KB; microseconds a cable")
    for name, cost in costs.items():
        print(f"{name:>14} {cost:>7.1f}")
    print(f"{'a page':>14} {costs['value'] + costs['template']:>7.1f}")
    in_lists = costs["list values"] + costs["list template"]
    print(
        f"{'its lists':>14} {in_lists:>7.1f}   {rows / count:.1f} rows in {len(made_lists) / count:.2f} pages"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
