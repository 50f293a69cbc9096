"""Makes synthetic telegrams for measurements: any number, the same each time, none of them real.

python tests/bench/telegrams.py FOLDER COUNT
"""

import random
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

POSTS = [
    f"{first}{last}"
    for first in ("STREL", "HENTZ", "KRAV", "BELM", "TARL", "ULM", "ZEND")
    for last in ("SAU", "OVIA", "HEIM", "AVEN", "ETH")
]
TAGS = "PGOV PREL ECON PHUM EFIN ETRD PTER MARR EINV ENRG SNAR EAID CVIS SENV EAGR SOCI KPAO ASEC EAIR SMIG EIND ELAB".split()
WORDS = (
    "the of and to in that for is on with as at by from ministry official meeting report program border harbor railway "
    "bridge river timber salt wool copper ferry council mayor budget election party leader delegation visit proposal "
    "increase decision tariff winter harvest agreement committee assembly region capital law reform service training"
).split()
LEVELS = (
    ("UNCLAS", "ZNR UUUUU ZZH", "U"),
    ("C O N F I D E N T I A L", "ZNY CCCCC ZZH", "C"),
    ("S E C R E T", "ZNY SSSSS ZZH", "S"),
)
FIRST = datetime(1973, 1, 1, tzinfo=UTC)
DAYS = 37 * 365
PARAGRAPHS = 14  # on average; with them a telegram has about 6 KB


def sentence(rng: random.Random) -> str:
    words = rng.choices(WORDS, k=rng.randint(8, 24))
    return " ".join([words[0].capitalize(), *words[1:]]) + "."


def telegram(rng: random.Random, number: int) -> tuple[str, str]:
    """The id of a telegram and its text; `number` is its serial."""
    post = rng.choice(POSTS)
    sent = FIRST + timedelta(minutes=rng.randrange(DAYS * 1440))
    level, warning, mark = rng.choices(LEVELS, weights=(70, 22, 8))[0]
    info = "\n".join(
        f"RUEH{other[:2]}/AMEMBASSY {other} {rng.randrange(9999):04d}"
        for other in rng.sample(POSTS, k=rng.randint(2, 9))
    )
    subject = " ".join(rng.choices(WORDS, k=rng.randint(5, 11))).upper()
    references = "".join(
        f"{'REF: ' if at == 0 else '     '}{'ABC'[at]}. {sent:%y} {rng.choice(POSTS)} {rng.randint(1, max(1, number))}\n"
        for at in range(rng.randint(0, 3))
    )
    paragraphs: list[str] = []
    for count in range(1, max(2, round(rng.gauss(PARAGRAPHS, 5))) + 1):
        body = " ".join(sentence(rng) for _ in range(rng.randint(2, 5)))
        if count == 1:
            body = f"SUMMARY: {body} END SUMMARY."
        elif rng.random() < 0.2:
            paragraphs.append(f"{rng.choice(WORDS).upper()} AND {rng.choice(WORDS).upper()}\n---------------")
        paragraphs.append(f"{count}. ({mark}) {body}")
    text = (
        f"VZCZCXRO{rng.randrange(9999):04d}\nPP RUEHC\nDE RUEH{post[:2]} #{number % 10000:04d}/01 {sent:%j%H%M}\n{warning}\n"
        f"P {sent:%d%H%M}Z {sent.strftime('%b').upper()} {sent:%y}\nFM AMEMBASSY {post}\nTO RUEHC/SECSTATE WASHDC PRIORITY {number % 10000:04d}\n"
        f"INFO {info}\n\n{level} {post} {number:06d}\n\nSIPDIS\n\nE.O. 12958: N/A\nTAGS: {' '.join(sorted(set(rng.choices(TAGS, k=4))))}\n"
        f"SUBJECT: {subject}\n\n{references}\n"
        + "\n\n".join(paragraphs)
        + f"\n\n{rng.choice(('RASSENDYLL', 'TARLENHEIM', 'HELSING'))}\n"
    )
    return f"{sent:%y}{post}{number}", text


def make_archive(folder: Path, count: int, *, seed: int = 1) -> None:
    """Write `count` telegrams below `folder`, a thousand to a subfolder."""
    rng = random.Random(seed)
    for number in range(1, count + 1):
        name, text = telegram(rng, number)
        below = folder / f"{number // 1000:03d}"
        if number == 1 or number % 1000 == 0:
            below.mkdir(parents=True, exist_ok=True)
        (below / f"{name}.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    make_archive(Path(sys.argv[1]), int(sys.argv[2]))
