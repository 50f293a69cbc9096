"""The search index as generator/search/README.md has it, written the slow and plain way.

It is what the real writer is compared with, byte for byte, and gives `test_find.py` its small archives. Bits are strings of
'0' and '1' here.
"""

import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import TypeVar

from generator.release.cleared import MARK
from generator.search.tokens import tokens

FIELDS = ["subject", "summary", "text", "signer", "addressees", "tags", "ids"]
IN_BLOCK = 8  # cables of a document block that holds their places itself
T = TypeVar("T")
EPOCH = date(1900, 1, 1).toordinal()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainCable:
    """All that an index knows of a cable."""

    name: str  # its id, or another name
    subject: str = ""
    blocks: tuple[tuple[str, bool], ...] = ()  # the text of each, and whether it belongs to the summary
    head: str = ""
    marks: tuple[str, ...] = ()  # 'tag:pgov'
    date: str = ""  # '2008-11-03T08:56', '2008-11-03', '2008' or ''
    day: int | None = None  # None for the day of `date`
    post: str = ""
    level: str = ""
    tags: tuple[str, ...] = ()
    address: str = ""  # '' for that of its name and date


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much a piece holds at most."""

    cables_of_span: int = 2_048
    bytes: int = 24_000
    lengths: int = 4_096
    facets: int = 2_048
    ids: int = 256
    cables: int = 32


@dataclass(slots=True)
class Uses:
    """How often a word stands in the parts of a cable, and where."""

    subject: int = 0
    summary: int = 0
    head: int = 0
    text: int = 0
    places: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Reading:
    """A cable as words."""

    words: Mapping[str, Uses]  # its marks too
    length: int


@dataclass(frozen=True, slots=True)
class Span:
    """Cables that are indexed together."""

    day: int  # the first that may be in it
    cables: Sequence[int]


@dataclass(slots=True)
class Lists:
    """What the index has of a word: blocks by the first day of their span."""

    cables: int = 0
    documents: dict[int, bytes] = field(default_factory=dict)
    places: dict[int, bytes] = field(default_factory=dict)


def plain_index(
    cables: Sequence[PlainCable],
    *,
    names: Mapping[str, object] | None = None,
    positions: bool = True,
    limits: Limits = Limits(),
) -> dict[str, str]:
    """Every piece by its name; `cables` stand in the order of the catalogue."""
    cables = sorted(cables, key=day_of)
    days = [day_of(cable) for cable in cables]
    readings = [reading_of(cable) for cable in cables]

    numbers_of_spans = cut(
        [(bits_of_day(day), 1, number) for number, day in enumerate(days)], limits.cables_of_span
    )
    spans = [Span(day_of_bits(first), numbers) for first, numbers in numbers_of_spans]

    def by_span(most: int) -> list[tuple[int, list[int]]]:
        pieces = cut([(bits_of_day(span.day), len(span.cables), span.cables) for span in spans], most)
        return [(day_of_bits(first), list(chain.from_iterable(some))) for first, some in pieces]

    pieces: dict[str, str] = {}

    def write(name: str, *values: object) -> None:
        written = ",".join(text_of(v) if isinstance(v, bytes) else as_json(v) for v in (name, *values))
        pieces[name] = f"cablepress.piece({written});\n"

    # words/, lists/ and places/
    entries: list[tuple[str, int, tuple[str, bytes]]] = []
    for word, lists in sorted(lists_of(spans, readings, positions=positions).items()):
        entry = short_entry(lists)
        if sum(map(len, chain(lists.documents.values(), lists.places.values()))) > limits.bytes / 2:
            parts = {}
            for folder, blocks in (("lists", lists.documents), ("places", lists.places)):
                items = [(bits_of_day(day), len(block), block) for day, block in blocks.items()]
                parts[folder] = [(day_of_bits(first), some) for first, some in cut(items, limits.bytes)]
                for day, some in parts[folder]:
                    write(f"{folder}/{escaped(word)}{day}", b"".join(some))
            entry = long_entry(lists, *[[day for day, _ in some] for some in parts.values()])
        entries.append((bits_of_word(word), len(word.encode()) + 1 + len(entry), (word, entry)))
    word_pieces = [(word_of_bits(first), some) for first, some in cut(entries, limits.bytes)]
    for first_word, words in word_pieces:
        write(
            f"words/{escaped(first_word)}",
            " ".join(word for word, _ in words),
            b"".join(entry for _, entry in words),
        )

    # lengths/, facets/ and cables/
    lengths = by_span(limits.lengths)
    for day, numbers in lengths:
        write(f"lengths/{day}", "".join(letter_of_length(readings[number].length) for number in numbers))
    facets = by_span(limits.facets)
    for day, numbers in facets:
        write(f"facets/{day}", facets_of([cables[number] for number in numbers]))
    for span in spans:
        for part in range(0, len(span.cables), limits.cables):
            rows = [row_of(cables[number]) for number in span.cables[part : part + limits.cables]]
            write(f"cables/{span.day}-{part // limits.cables}", rows)

    # ids/
    ids = sorted({(id_key(cable.name), line_of_id(cable)) for cable in cables if id_key(cable.name)})
    id_pieces = [
        (word_of_bits(first), some)
        for first, some in cut([(bits_of_word(key), 1, line) for key, line in ids], limits.ids)
    ]
    for first_key, lines in id_pieces:
        write(f"ids/{escaped(first_key)}", ",".join(lines))

    write(
        "start",
        {
            "cables": len(cables),
            "words": sum(reading.length for reading in readings),
            "positions": positions,
            "fields": FIELDS,
            "ids": [first for first, _ in id_pieces],
        },
    )
    write(
        "words",
        {
            "spans": list(chain.from_iterable((span.day, len(span.cables)) for span in spans)),
            "words": [first for first, _ in word_pieces],
            "lengths": [day for day, _ in lengths],
            "facets": [day for day, _ in facets],
        },
    )
    write("names", names or {"tags": {}, "posts": {}, "levels": []})
    return pieces


# How it is cut


def cut(items: Collection[tuple[str, int, T]], most: int) -> list[tuple[str, list[T]]]:
    """Values with a key and a weight as ranges that weigh `most` each, or have one key; for each its first key.

    A key is a row of bits, with as many 0 behind it as one asks for.
    """
    ranges: list[tuple[str, list[tuple[str, int, T]]]] = [("", sorted(items, key=lambda item: item[0]))]
    whole = []
    while ranges:
        first, held = ranges.pop()
        if not held:
            continue
        if sum(weight for _, weight, _ in held) <= most or len({key for key, _, _ in held}) == 1:
            whole.append((first, [value for _, _, value in held]))
        else:
            bit = len(first)
            ranges.append((first + "1", [item for item in held if item[0][bit : bit + 1] == "1"]))
            ranges.append((first + "0", [item for item in held if item[0][bit : bit + 1] != "1"]))
    return whole


def bits_of_day(day: int) -> str:
    return f"{day:024b}"


def day_of_bits(bits: str) -> int:
    return int(bits.ljust(24, "0"), 2)


def bits_of_word(word: str) -> str:
    return "".join(f"{ord(letter):032b}" for letter in word)


def word_of_bits(bits: str) -> str:
    """The first word of a range: 'as', then any letters."""
    letters = [int(bits[at : at + 32].ljust(32, "0"), 2) for at in range(0, len(bits), 32)]
    return "".join(map(chr, letters)).rstrip("\0")


def escaped(word: str) -> str:
    return re.sub("[^a-z0-9]", lambda found: f"_{ord(found[0]):x}_", word) + "-"


# What is indexed of a cable


def day_of(cable: PlainCable) -> int:
    if cable.day is not None:
        return cable.day
    if not cable.date:
        return 0
    return date.fromisoformat((cable.date + "-01-01")[:10]).toordinal()


def reading_of(cable: PlainCable) -> Reading:
    words: defaultdict[str, Uses] = defaultdict(Uses)
    length = 0
    place = 0
    for at, (text, is_summary) in enumerate([(cable.subject, False), *cable.blocks]):
        if at > 0 and not tokens(text) and MARK not in text:
            continue  # a rule, say: no block of words
        place += at > 0
        for nth, passage in enumerate(text.split(MARK)):
            place += nth > 0
            for word in tokens(passage):
                uses = words[word]
                uses.places.append(place)
                uses.subject += at == 0
                uses.text += at > 0
                uses.summary += is_summary
                place += 1
                length += 1
    for word in tokens(cable.head):
        words[word].head += 1
        length += 1
    for mark in cable.marks:
        words[mark] = Uses(text=1)
    return Reading(words, length)


def letter_of_length(length: int) -> str:
    code = round(10 * math.log2(length / 16)) if length else 0
    return chr(35 + min(max(code, 0), 91))


# Lists


def lists_of(spans: Sequence[Span], readings: Sequence[Reading], *, positions: bool) -> dict[str, Lists]:
    lists: defaultdict[str, Lists] = defaultdict(Lists)
    for span in spans:
        uses_of_words: defaultdict[str, list[tuple[int, Uses]]] = defaultdict(list)
        for at, number in enumerate(span.cables):
            for word, uses in readings[number].words.items():
                uses_of_words[word].append((at, uses))
        for word, held in uses_of_words.items():
            lists[word].cables += len(held)
            is_mark = ":" in word
            lists[word].documents[span.day] = document_block(span, held, is_mark=is_mark, positions=positions)
            if positions and not is_mark and len(held) > IN_BLOCK:
                lists[word].places[span.day] = place_block(held)
    return lists


def document_block(span: Span, held: Sequence[tuple[int, Uses]], *, is_mark: bool, positions: bool) -> bytes:
    k = max(k for k in range(32) if 2**k * len(held) <= len(span.cables))
    bits = gamma(len(held)) + gaps(k, [at for at, _ in held])
    if not is_mark:
        bits += "".join(occurrences(uses) for _, uses in held)
        if positions and len(held) <= IN_BLOCK:
            bits += "".join(places_of(uses) for _, uses in held)
    since = span.day - EPOCH
    day = since.to_bytes(2, "big") if 0 <= since < 0xFFFF else b"\xff\xff" + span.day.to_bytes(3, "big")
    return day + with_length(bytes_of(bits))


def occurrences(uses: Uses) -> str:
    """How often a word stands in a cable."""
    if uses.text and not uses.subject and not uses.head:
        if uses.text == 1 and not uses.summary:
            return "1"
        if not uses.summary:
            return "01" + gamma(uses.text - 1)
        if uses.summary == 1:
            return "001" + gamma(uses.text)
    if not uses.text and not uses.subject:
        return "0001" + gamma(uses.head)
    counts = (uses.subject, uses.summary, uses.head, uses.text)
    return "0000" + "".join(gamma(count + 1) for count in counts)


def places_of(uses: Uses) -> str:
    return gaps(max(10 - len(f"{len(uses.places):b}"), 0), uses.places) if uses.places else ""


def place_block(held: Sequence[tuple[int, Uses]]) -> bytes:
    return with_length(bytes_of("".join(places_of(uses) for _, uses in held)))


def short_entry(lists: Lists) -> bytes:
    return with_length(b"".join(lists.documents.values())) + with_length(b"".join(lists.places.values()))


def long_entry(lists: Lists, documents: Sequence[int], places: Sequence[int]) -> bytes:
    numbers = [0, lists.cables]
    for days in (documents, places):
        numbers += [len(days), *(day - before for before, day in zip([0, *days], days, strict=False))]
    return b"".join(map(varint, numbers))


def gamma(number: int) -> str:
    bits = f"{number:b}"
    return "0" * (len(bits) - 1) + bits


def rice(k: int, number: int) -> str:
    lowest = f"{number % 2**k:0{k}b}" if k else ""
    return "0" * (number >> k) + "1" + lowest


def gaps(k: int, numbers: Sequence[int]) -> str:
    return "".join(
        rice(k, number - before - 1) for before, number in zip([-1, *numbers], numbers, strict=False)
    )


def bytes_of(bits: str) -> bytes:
    return bytes(int(bits[at : at + 8].ljust(8, "0"), 2) for at in range(0, len(bits), 8))


def varint(number: int) -> bytes:
    written = bytearray()
    while number > 127:
        written.append(number % 128 + 128)
        number //= 128
    return bytes([*written, number])


def with_length(block: bytes) -> bytes:
    return varint(len(block)) + block


def text_of(some: bytes) -> str:
    """Bytes as a string of characters of seven bits."""
    bits = "".join(f"{byte:08b}" for byte in some)
    letters = [chr(int(bits[at : at + 7].ljust(7, "0"), 2)) for at in range(0, len(bits), 7)]
    escapes = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r"}
    return '"' + "".join(escapes.get(letter, letter) for letter in letters) + '"'


def as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


# What is told of cables


def facets_of(cables: Sequence[PlainCable]) -> dict[str, object]:
    days = [day_of(cable) for cable in cables]
    posts = list(dict.fromkeys(cable.post for cable in cables if cable.post))
    levels = list(dict.fromkeys(cable.level for cable in cables if cable.level))
    tags = list(dict.fromkeys(tag for cable in cables for tag in cable.tags))

    def place(values: Sequence[str], value: str) -> int:
        return values.index(value) if value else -1

    return {
        "days": [day - before for before, day in zip([0, *days], days, strict=False)],
        "posts": posts,
        "post": [place(posts, cable.post) for cable in cables],
        "levels": levels,
        "level": [place(levels, cable.level) for cable in cables],
        "tags": tags,
        "tag": [[tags.index(tag) for tag in cable.tags] for cable in cables],
    }


def row_of(cable: PlainCable) -> list[str]:
    row = [cable.name, cable.subject, cable.date, cable.post, cable.level]
    usual = f"cable/{cable.date[:4]}/{cable.date[5:7]}/{cable.name}.html" if len(cable.date) > 4 else ""
    return row if address_of(cable) == usual else [*row, address_of(cable)]


def address_of(cable: PlainCable) -> str:
    return cable.address or f"cable/{folder_of(cable).replace('-', '/')}/{cable.name}.html"


def folder_of(cable: PlainCable) -> str:
    """'2008-11', or 'undated' where the month is unknown."""
    return cable.date[:7] if len(cable.date) > 4 else "undated"


def id_key(name: str) -> str:
    """Post and serial of an id, small: 'astana2165' for '08ASTANA2165'; '' for another name."""
    return name[2:].lower() if re.fullmatch(r"[0-9]{2}[A-Z]+[1-9][0-9]*", name) else ""


def line_of_id(cable: PlainCable) -> str:
    line = f"{cable.name} {folder_of(cable)}"
    usual = f"cable/{folder_of(cable).replace('-', '/')}/{cable.name}.html"
    return line if address_of(cable) == usual else f"{line} {address_of(cable)}"


def count_of(pieces: Mapping[str, str]) -> Counter[str]:
    """How many pieces there are of each kind."""
    return Counter(name.partition("/")[0] for name in pieces)
