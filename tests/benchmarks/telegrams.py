"""Makes synthetic telegrams for measurements: any number, the same each time, none of them real.

    python tests/benchmarks/telegrams.py FOLDER COUNT

A telegram is a function of its number alone, so that any one can be made by itself and refers to others by the ids
that they have. In bulk they resemble an archive of the field: 8.1 KB a file in the mean, 6.0 in the median, 63 at most;
more from late years than from early ones, from few posts many.
"""

import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import accumulate
from pathlib import Path

POSTS = [
    first + last
    for first in ("STREL", "HENTZ", "KRAV", "BELM", "TARL", "ULM", "ZEND", "GRAUST", "ORV", "LUTH", "DANS", "MIRK")
    for last in ("SAU", "OVIA", "HEIM", "AVEN", "ETH", "ARK", "INGEN", "ONT", "ULA", "BERG", "ISK", "ADT")
]  # fmt: skip
SUBJECT_TAGS = (
    "PGOV PREL ECON PHUM EFIN ETRD PTER MARR EINV ENRG SNAR EAID CVIS SENV EAGR SOCI KPAO ASEC EAIR SMIG EIND ELAB"
).split()
COUNTRY_TAGS = (
    "AF AL AR AU BE BG BR CA CH CI CO CU CY CZ EG FI FR GM GR HU IN IR IS IT IZ JA JO KS KZ LE".split()
)
WORDS = (
    "the of and to in that for is on with as at by from ministry official meeting report program border harbor railway "
    "bridge river timber salt wool copper ferry council mayor budget election party leader delegation visit proposal "
    "increase decision tariff winter harvest agreement committee assembly region capital law reform service training"
).split()
# The classification line, the warning of the transmission header, the portion mark, the name.
LEVELS = (
    ("UNCLAS", "ZNR UUUUU ZZH", "U", "UNCLASSIFIED"),
    ("C O N F I D E N T I A L", "ZNY CCCCC ZZH", "C", "CONFIDENTIAL"),
    ("S E C R E T", "ZNY SSSSS ZZH", "S", "SECRET"),
)
SIGNERS = ("RASSENDYLL", "TARLENHEIM", "HELSING", "ZAPT", "BERTRAND")
FIRST = datetime(1973, 1, 1, tzinfo=UTC)
DAYS = 37 * 365

# Characters of a body: log-normal, so that a few telegrams are ten times as long as most.
MEDIAN_BODY, SPREAD, SHORTEST_BODY, LONGEST_BODY = 5_400, 0.80, 500, 60_500
COLUMNS = 68
NOT_HELD = 900_000  # serials from here on belong to cables that no archive has


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What other telegrams need of one in order to cite it."""

    number: int  # its serial, unlike that of any other
    post: str
    sent: datetime
    level: int  # of LEVELS

    @property
    def id(self) -> str:
        return f"{self.sent:%y}{self.post}{self.number}"

    @property
    def cited(self) -> str:
        """As a REF line has it."""
        return f"{self.sent:%y} {self.post} {self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a telegram says, before it is written down in one form or another."""

    identity: Identity
    header: str  # transmission and message header, as sent
    subject: str
    tags: tuple[str, ...]
    info: tuple[str, ...]
    references: tuple[str, ...]  # as cited
    blocks: tuple[str, ...]  # '1. (U) ...' or a heading, in lines
    signer: str


@cache
def _lines() -> list[str]:
    """Lines of running text, as wide as a teleprinter's; which, is the same each time."""
    rng = random.Random(0)
    lines = []
    for _ in range(4000):
        line = rng.choice(WORDS)
        while len(line) < COLUMNS - 12:
            end = ". " if rng.random() < 0.06 else " "
            word = rng.choice(WORDS)
            line += end + (word.capitalize() if end == ". " else word)
        lines.append(line)
    return lines


@cache
def _shares(count: int) -> list[float]:
    """Cumulative weights by which the first of some things is drawn most, the second half as often, ..."""
    return list(accumulate(1 / rank for rank in range(1, count + 1)))


def identify(number: int, *, seed: int = 1) -> Identity:
    """Post, time and level of a telegram."""
    rng = random.Random(seed * 1_000_003 + number)
    return Identity(
        number=number,
        post=rng.choices(POSTS, cum_weights=_shares(len(POSTS)))[0],
        sent=FIRST + timedelta(minutes=int(rng.random() ** 0.5 * DAYS * 1440)),
        level=rng.choices((0, 1, 2), weights=(70, 22, 8))[0],
    )


def draft(number: int, *, seed: int = 1) -> Draft:
    """The telegram of this number."""
    identity = identify(number, seed=seed)
    rng = random.Random(-seed * 1_000_003 - number)
    line, warning, mark, _ = LEVELS[identity.level]
    post, sent = identity.post, identity.sent
    tags = tuple(
        dict.fromkeys(
            rng.choices(SUBJECT_TAGS, cum_weights=_shares(len(SUBJECT_TAGS)), k=rng.randint(1, 5))
            + rng.choices(COUNTRY_TAGS, cum_weights=_shares(len(COUNTRY_TAGS)), k=rng.randint(1, 2))
        )
    )
    info = tuple(rng.sample(POSTS, k=rng.randint(1, 9)))
    subject = " ".join(rng.choices(WORDS, k=rng.randint(5, 11))).upper()
    references = tuple(_references(rng, identity, seed))
    addressees = "\n".join(f"RUEH{other[:2]}/AMEMBASSY {other} {rng.randrange(9999):04d}" for other in info)
    ref = "".join(
        f"{'REF: ' if at == 0 else '     '}{'ABCD'[at]}. {cited}\n" for at, cited in enumerate(references)
    )
    header = (
        f"VZCZCXRO{rng.randrange(9999):04d}\nPP RUEHC\nDE RUEH{post[:2]} #{number % 10000:04d}/01 {sent:%j%H%M}\n"
        f"{warning}\nP {sent:%d%H%M}Z {sent.strftime('%b').upper()} {sent:%y}\nFM AMEMBASSY {post}\n"
        f"TO RUEHC/SECSTATE WASHDC PRIORITY {number % 10000:04d}\nINFO {addressees}\n\n"
        f"{line} {post} {number:06d}\n\nSIPDIS\n\nE.O. 12958: N/A\nTAGS: {', '.join(tags)}\nSUBJECT: {subject}\n\n{ref}"
    )
    return Draft(
        identity=identity,
        header=header,
        subject=subject,
        tags=tags,
        info=info,
        references=references,
        blocks=tuple(_blocks(rng, mark, cites=bool(references))),
        signer=rng.choice(SIGNERS),
    )


def _references(rng: random.Random, citing: Identity, seed: int) -> Iterator[str]:
    """Earlier telegrams, and now and then one that no archive has."""
    for _ in range(rng.randint(0, 4)):
        other = identify(rng.randint(1, citing.number), seed=seed)
        if rng.random() < 0.15:
            yield f"{citing.sent:%y} {other.post} {NOT_HELD + other.number}"
        elif other.sent < citing.sent:
            yield other.cited


def _blocks(rng: random.Random, mark: str, *, cites: bool) -> Iterator[str]:
    """Paragraphs with headings between them, until the body is as long as was drawn."""
    left = min(LONGEST_BODY, max(SHORTEST_BODY, int(rng.lognormvariate(0, SPREAD) * MEDIAN_BODY)))
    number = 0
    while left > 0:
        number += 1
        if number > 1 and rng.random() < 0.15:
            yield f"{rng.choice(WORDS).upper()} AND {rng.choice(WORDS).upper()}"
        lines = rng.choices(_lines(), k=min(rng.randint(2, 12), left // (COLUMNS - 8) + 1))
        lines[0] = lines[0].capitalize()
        if cites and rng.random() < 0.1:
            lines[-1] += " (ref A)"
        if number == 1:
            lines[0] = f"SUMMARY: {lines[0]}"
            lines[-1] += ". END SUMMARY."
        else:
            lines[-1] += "."
        block = f"{number}. ({mark}) " + "\n".join(lines)
        left -= len(block) + 2
        yield block


def as_telegram(drawn: Draft) -> str:
    """The telegram as it was sent."""
    blocks = (block if block[0].isdigit() else f"{block}\n{'-' * len(block)}" for block in drawn.blocks)
    return f"{drawn.header}\n" + "\n\n".join(blocks) + f"\n\n{drawn.signer}\n"


def path_of(identity: Identity, ending: str) -> str:
    """'2008/02/08STRELSAU123.txt'."""
    return f"{identity.sent:%Y/%m}/{identity.id}{ending}"


def write_telegrams(folder: Path, count: int, *, seed: int = 1) -> int:
    """Write telegrams 1 to `count` below `folder`, as 2008/02/08STRELSAU123.txt; how many bytes they have."""
    size = 0
    known: set[Path] = set()
    for number in range(1, count + 1):
        drawn = draft(number, seed=seed)
        path = folder / path_of(drawn.identity, ".txt")
        if path.parent not in known:
            path.parent.mkdir(parents=True, exist_ok=True)
            known.add(path.parent)
        size += path.write_bytes(as_telegram(drawn).encode())
    return size


if __name__ == "__main__":
    write_telegrams(Path(sys.argv[1]), int(sys.argv[2]))
