"""Hostile telegrams: every field holds something that would break out of it if a page took it literally."""

import random
from collections.abc import Callable

from hostile.vectors import hostile_text

MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()

_BLOCKS: list[Callable[[Callable[[], str]], str]] = [
    lambda text: f"2. (C) {text()} and then {text()}",
    lambda text: f"{text().upper()}\n" + "-" * 20,
    lambda text: f"-- {text()}\n-- {text()}\n-- as in 08 STRELSAU 5, {text()}",
    lambda text: f"A. {text()}\n\nB. {text()}",
    lambda text: f"NAME      {text()}      JAN\nZENDA     {text()}      1\nSLAVNA    {text()}      2",
    lambda text: f"BEGIN TEXT\n\n{text()}\n\nEND TEXT",
    lambda text: f"3. (S/NF) Comment: {text()} End comment.",
    lambda text: f"   {text()}\n\n\n  {text()}",
    lambda text: f"SUMMARY: {text()}",
    lambda text: f"4. ({text()}) {text()}",
    lambda text: f"¶5. (SBU) REF A says {text()}",
    lambda text: f"{text()}\n{text()}\n{text()}",
]


def hostile_cable(seed: int) -> str:
    """A telegram, the same for the same seed; most can still be understood, some hardly."""
    draw = random.Random(seed)

    def text() -> str:
        return hostile_text(draw)

    def perhaps(line: str, share: float = 0.8) -> str:
        return f"{line}\n" if draw.random() < share else ""

    post = draw.choice(["STRELSAU", "ZENDA", "SLAVNA", "PORT TARLENHEIM"])
    level = draw.choice(["C O N F I D E N T I A L", "UNCLAS", "S E C R E T", f"SECRET//{text()}"])
    serial = draw.choice([f"{seed % 9000 + 1:06d}", f"{seed % 9000 + 1:06d}", text()])
    blocks = [block(text) for block in draw.sample(_BLOCKS, draw.randint(2, 6))]
    return (
        perhaps(f"VZCZCXRO0042 {text()}", 0.3)
        + perhaps(f"RR RUEHC {text()}", 0.2)
        + perhaps(f"P {seed % 27 + 1:02d}1230Z {draw.choice(MONTHS)} {draw.choice(['08', '08', '75'])}", 0.9)
        + f"FM {draw.choice([f'AMEMBASSY {post}', f'AMEMBASSY {post}', f'AMEMBASSY {text()}', text()])}\n"
        + f"TO RUEHC/{text()} PRIORITY 0456\n"
        + perhaps(f"INFO RUEHQZ/AMCONSUL {text()} 0012\n{text()}\nAMEMBASSY SLAVNA {text()}")
        + f"\n{level} {draw.choice(['', 'SECTION 01 OF 02 '])}{post} {serial}\n\n"
        + perhaps(draw.choice(["SIPDIS", f"SIPDIS {text()}", text()]) + "\n")
        + perhaps(f"STATE FOR {text()}\n", 0.4)
        + perhaps(draw.choice([f"E.O. 12958: DECL: {text()}", f"E.O. {text()}: N/A", "E.O. 12958: N/A"]))
        + perhaps(f"TAGS: PGOV, {draw.choice([text(), text().upper()])}, KZ ({text()})")
        + perhaps(f"SUBJECT: {text()}\n{text() if draw.random() < 0.3 else ''}", 0.95)
        + perhaps(f"REF: A. {text()}\n     B. 08 STRELSAU {draw.randint(1, 99)} ({text()})\n     C. {text()}")
        + perhaps(f"\nClassified By: {text()}. Reason: 1.4 ({text()})\n", 0.5)
        + f"\n1. (C) {text()}\n\n"
        + "\n\n".join(blocks)
        + f"\n\n{draw.choice(['RASSENDYLL', text(), text().upper()])}\n"
        + perhaps(f"BT\n#0042\n{text()}", 0.2)
    )


def with_front_matter(seed: int) -> str:
    """A hostile telegram below front matter that is hostile too."""
    draw = random.Random(seed)
    keys = ["id", "date", "subject", "title", "tags", "source", "kind", hostile_text(draw)[:40]]
    lines = [f"{quoted(key)}: {quoted(hostile_text(draw))}" for key in draw.sample(keys, 4)]
    return "---\n" + "\n".join(lines) + f"\n---\n{hostile_cable(seed)}"


def quoted(text: str) -> str:
    """A text as YAML writes it, without what YAML refuses."""
    text = "".join(letter for letter in text if letter.isprintable())
    return "'" + text.replace("'", "''") + "'"


def hostile_name(seed: int) -> str:
    """A file name below content/ that a file system takes."""
    draw = random.Random(seed)
    text = hostile_text(draw).replace("/", draw.choice(["\u2215", "_", "%2F"])).replace("\0", "")
    return text.encode()[:120].decode("utf-8", "ignore").strip(". ") or "x"


def hostile_page(seed: int) -> str:
    """A Markdown page, with front matter or without."""
    draw = random.Random(seed)
    front = f"---\ntitle: {quoted(hostile_text(draw))}\n---\n" if draw.random() < 0.5 else ""
    heading = f"# {hostile_text(draw)}\n\n" if draw.random() < 0.7 else ""
    return front + heading + "\n\n".join(hostile_text(draw, lines=True) for _ in range(6)) + "\n"


def hostile_collection(seed: int) -> str:
    """A Markdown page that lists, links and quotes hostile telegrams, some of which there are, with hostile words of its own."""
    draw = random.Random(seed)
    ids = [f"08{post}{seed * 6 + n}" for post in ("STRELSAU", "ZENDA", "SLAVNA") for n in range(1, 7)]
    cables = "".join(f"  - {id_}: {quoted(hostile_text(draw))}\n" for id_ in ids)
    title, description = quoted(hostile_text(draw)), quoted(hostile_text(draw))
    front = f"kind: collection\ntitle: {title}\ndescription: {description}\ncables:\n{cables}query: 2008 limit:5\n"
    quotations = "\n\n".join(f"{id_}\n\n[[quote {id_} par {draw.randint(1, 3)}]]" for id_ in ids)
    blocks = (
        f"[[list from:zenda limit:9]]\n\n[[timeline class:secret limit:9]]\n\n[[list {hostile_text(draw)}]]"
    )
    return f"---\n{front}---\n{hostile_text(draw, lines=True)}\n\n{quotations}\n\n{blocks}\n"


def hostile_note(seed: int, cable: str) -> str:
    """A note on a cable, or on a paragraph of it."""
    draw = random.Random(seed)
    fields = {"by": quoted(hostile_text(draw)), "date": quoted(hostile_text(draw))}
    if draw.random() < 0.7:
        fields["paragraph"] = draw.choice(["1", "1", "2", "9", quoted(hostile_text(draw))])
    front = "".join(f"{name}: {value}\n" for name, value in fields.items())
    return f"---\nkind: note\ncable: {cable}\n{front}---\n{hostile_page(seed).rpartition('---')[2]}"
