"""Small archives whose whole index is compared with the plain one: telegrams, the cables that they are, and what a build makes."""

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from search.plain_index import Limits, PlainCable
from site_tools import cleared, telegram, write_files

from generator.archive.catalogue import Catalogue
from generator.build import indexing, span_tasks
from generator.lexicon import Lexicon
from generator.release.cleared import ClearedCable
from generator.search import lists, merge, tables, update
from generator.search.tokens import tokens
from generator.telegram.cable import block_text
from generator.telegram.parse import parse_cable

SMALL = Limits(cables_of_span=9, bytes=400, lengths=20, facets=12, ids=7)

_POSTS = ("STRELSAU", "ZENDA", "KYIV", "NEW YORK")
_LEVELS = ("UNCLAS", "C O N F I D E N T I A L", "S E C R E T")
_WORDS = (
    "the of and salt road snow Sapt Hentzau goats bridge U.S. E.O. coup d'état Müller Москва العربية S/P 1.4(b) 1976 "
    "1977 ambassador's x y zither 10,000 Œuvre \ufb01sh \uff11\uff12 e\u0301lite salt-road -- 🐐"
).split()


def some_telegrams(count: int, *, seed: int) -> dict[str, str]:
    """Sources of telegrams at random days, some of them on the same, some on none, by their paths."""
    rng = random.Random(seed)
    return {f"content/{number:03d}.txt": _telegram(rng, number) for number in range(count)}


def _telegram(rng: random.Random, number: int) -> str:
    blocks = [f"1. (U) SUMMARY: {_prose(rng)} END SUMMARY."] * (rng.random() < 0.7)
    blocks += [f"{at}. (U) {_prose(rng)}" for at in range(len(blocks) + 1, rng.randint(1, 4))]
    month = rng.choice(("JAN", "FEB", "MAR", "NOV"))
    dtg = f"{rng.randint(1, 28):02d}1230Z {month} {rng.choice(('68', '93', '07', '08', '08', '08'))}"
    text = telegram(
        number + 1,
        post=rng.choice(_POSTS),
        dtg=dtg,
        level=rng.choice(_LEVELS),
        tags=" ".join(rng.sample(("PGOV", "ECON", "KZ", "QQQQ", "MTCR-1"), 2)),
        subject=_prose(rng, 6).upper(),
        ref=rng.choice(("", "08 ZENDA 2", "A. 08 KIEV 1 B. MEMO OF TALK")),
        text="\n\n".join(blocks),
    )
    return text if rng.random() < 0.95 else text.replace(dtg, "NO DATE AT ALL", 1)


def _prose(rng: random.Random, most: int = 25) -> str:
    # Frequent words first, so that some need pieces of their own.
    return " ".join(
        _WORDS[min(int(rng.expovariate(0.16)), len(_WORDS) - 1)] for _ in range(rng.randint(1, most))
    )


def use_limits(patch: pytest.MonkeyPatch, limits: Limits) -> None:
    """Have the program cut its index smaller than it would."""
    patch.setattr(indexing, "SPAN", limits.cables_of_span)
    for module in (lists, merge, update, indexing, span_tasks):
        patch.setattr(module, "PIECE", limits.bytes, raising=False)
        patch.setattr(module, "MOST", limits.bytes // 2, raising=False)
    patch.setattr(tables, "LENGTHS", limits.lengths)
    patch.setattr(tables, "FACETS", limits.facets)
    patch.setattr(tables, "IDS", limits.ids)


def plain_cables(project: Path, catalogue: Catalogue, lexicon: Lexicon) -> Iterator[PlainCable]:
    """What the index is to know of each cable of a project of telegrams, in the catalogue's order."""
    rows = catalogue.db.execute(
        "SELECT path, name, date, date_precision, address FROM cable ORDER BY place"
    ).fetchall()
    for path, name, date, precision, address in rows:
        cable = cleared(parse_cable((project / "content" / path).read_text("utf-8"), source=path), path=path)
        shown = (date or "")[: {"minute": 16, "hour": 10, "day": 10, "year": 4, None: 0}[precision]]
        yield PlainCable(
            name=name,
            subject=cable.subject or "No subject",
            blocks=tuple(
                (block_text(block), block.role == "summary")
                for block in cable.body
                if block.kind not in ("rule", "gap")
            ),
            head=" ".join(_head(cable)),
            marks=tuple(dict.fromkeys(_marks(cable, lexicon))),
            date=shown,
            post=cable.post or "",
            level=cable.classification or "",
            tags=tuple(sorted({tag.code for tag in cable.tags})),
            address=address,
        )


def _head(cable: ClearedCable) -> Iterator[str]:
    yield cable.signer or ""
    yield from (tag.code for tag in cable.tags)
    yield cable.id or ""
    yield from (reference.text for reference in cable.references)


def _marks(cable: ClearedCable, lexicon: Lexicon) -> Iterator[str]:
    post = lexicon.posts.get(cable.post or "")
    country = (lexicon.tag_name(post.country) or "") if post and post.country else ""
    names = [
        cable.origin or "",
        cable.post or "",
        lexicon.post_name(cable.post) if cable.post else "",
        country,
    ]
    yield from (f"tag:{''.join(tokens(tag.code))}" for tag in cable.tags)
    yield from _of("from", names)
    yield from _of("to", [addressee.name for addressee in (*cable.action, *cable.info)])
    yield from _of("signer", [cable.signer or ""])
    for level in (cable.classification or "", *cable.handling, *cable.captions):
        if level:
            yield f"class:{''.join(tokens(level))}"
    if cable.references:
        yield "has:refs"


def _of(operator: str, texts: Sequence[str]) -> Iterator[str]:
    for text in texts:
        yield from (f"{operator}:{token}" for token in tokens(text))


def write_telegrams(project: Path, sources: dict[str, str]) -> None:
    """Write a project of telegrams."""
    write_files(project, {"cablepress.toml": 'title = "Danor papers"\n', **sources})
