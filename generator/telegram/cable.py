"""What a telegram says, as values: the contract between the parser and all that follows.

Nothing here parses. A value is right once it exists; `None` means 'not there', and an empty tuple
'none'. `Cable.parts` partitions the source line by line, so that the words of the telegram can
always be had back; everything else in a Cable is a reading of those parts.

These values are msgspec's Structs, as are those that its readers hand to each other: a cable is made of a hundred of
them, and a Struct is made in a tenth of the time of a dataclass. They hold no cycles, so that the garbage collector
need not look at them. Where they are stored, they are lists of their fields, without names.
"""

from collections.abc import Iterator
from datetime import date as Day  # noqa: N812 - `date` is a field of Cable
from datetime import datetime
from typing import Any, Literal

import msgspec

from generator.problem import Problem

DatePrecision = Literal["minute", "hour", "day", "year"]

BlockKind = Literal["heading", "paragraph", "list", "table", "quote", "rule", "verbatim", "gap"]

Role = Literal["summary", "comment", "note"]

PartKind = Literal[
    # transmission header
    "preamble",
    "transmission-id",
    "routing",
    "station",
    "security",
    "dtg",
    "from",
    "action",
    "info",
    "break",
    # message header
    "weekday",
    "classification",
    "caption",
    "attention",
    "executive-order",
    "tags",
    "subject",
    "references",
    "classified-by",
    # body and trailer
    "body",
    "signature",
    "trailer",
    # set aside: not part of what the drafter wrote
    "blank",
    "noise",
]


class Part(msgspec.Struct, frozen=True, kw_only=True, gc=False, array_like=True):
    """A run of whole lines of the source that belong to one field, or to none.

    The `text` of all parts of a cable, joined, is the source with its line ends made LF.
    """

    kind: PartKind
    line: int  # 1-based number of its first line
    text: str  # as found, with its line ends


class Addressee(msgspec.Struct, frozen=True, kw_only=True, gc=False, array_like=True):
    """One entry of the TO or INFO list."""

    routing: str | None  # 'RUEHC'; None in older telegrams
    name: str  # the PLAD, 'SECSTATE WASHDC'
    precedence: str | None  # 'PRIORITY'; None where the line has none (the DTG's then holds)
    serial: str | None  # station-to-station number as written, '0456'; not a cable's serial
    excluded: tuple[str, ...] = ()  # PLADs taken out of a collective by XMT


class Tag(msgspec.Struct, frozen=True, kw_only=True, gc=False, array_like=True):
    """One code of the TAGS line."""

    code: str  # 'PGOV', repaired where needed, upper case
    raw: str  # as written: 'pgov', 'PGVO', '[PGOV](#)'


class Reference(msgspec.Struct, frozen=True, kw_only=True, gc=False, array_like=True):
    """One entry of the REF line."""

    label: str  # 'A', 'B', ...; '' when the line holds a single entry
    id: str | None  # '08ASTANA2101'; None for an e-mail, a memo, a newspaper
    text: str  # as the drafter wrote it, white space collapsed, label taken off


class ListItem(msgspec.Struct, frozen=True, kw_only=True, gc=False, array_like=True):
    """One item of a list block."""

    marker: str  # as written: '--', '(a)', '1)'
    text: str  # one line, white space collapsed
    level: int = 0  # 0 is outermost


class Block(msgspec.Struct, frozen=True, kw_only=True, gc=False, array_like=True):
    """One block of the body, in order.

    Which fields hold what depends on `kind`:
    heading, paragraph: `text`, one line, white space collapsed; a heading may have a number too;
    list: `items`; table, verbatim: `text`, its line breaks kept (a table without its common indent);
    quote: `blocks`, and `text` holds the lines that open and close it ('BEGIN TEXT', 'END TEXT'); rule:
    nothing; gap: `text` says which sections the source lacks here, '2 of 3' or '3 to 10 of 10'.
    """

    kind: BlockKind
    line: int  # 1-based number of its first line
    last_line: int  # of its last
    text: str = ""
    number: int | None = None  # repaired paragraph number
    raw_number: str | None = None  # as written, '¶15', where it differs from str(number)
    anchor: str | None = None  # 'par7'; 'par7-2' for the second paragraph 7
    marking: str | None = None  # portion marking without parentheses, normalised: 'SBU', 'S//NF'
    role: Role | None = None
    items: tuple[ListItem, ...] = ()
    blocks: tuple["Block", ...] = ()


class Paragraph(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A numbered paragraph with all that belongs to it, or unnumbered text between headings."""

    number: int | None
    marking: str | None
    text: str  # its blocks' texts, a blank line between them


class Cable(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """A telegram, understood as far as it goes."""

    source: str

    # who, when, which
    id: str | None = None  # '08ASTANA2165'
    year: int | None = None  # 2008
    post: str | None = None  # 'ASTANA', as in the id
    serial: int | None = None  # 2165
    origin: str | None = None  # as on the FM line, 'AMEMBASSY ASTANA'
    date: datetime | None = None  # aware, UTC
    date_precision: DatePrecision | None = None

    # transmission header
    message_id: str | None = None  # 'VZCZCXRO1443'
    routing: tuple[str, ...] = ()  # routing indicators of the first lines
    precedence: str | None = None  # 'PRIORITY'
    action: tuple[Addressee, ...] = ()
    info: tuple[Addressee, ...] = ()

    # message header
    classification: str | None = None  # 'CONFIDENTIAL', without handling words
    handling: tuple[str, ...] = ()  # ('SENSITIVE', 'NOFORN')
    captions: tuple[str, ...] = ()  # ('SIPDIS',)
    attention: tuple[str, ...] = ()  # the passing lines
    executive_order: str | None = None  # '12958'
    declassification: str | None = None  # the E.O. line's value as written
    declassification_code: str | None = None  # 'N/A', 'OADR', 'GDS', 'X1', 'EVENT'; None for a date
    declassify_on: Day | None = None
    downgrade_on: Day | None = None
    classified_by: str | None = None
    reasons: tuple[str, ...] = ()  # ('1.4(b)', '1.4(d)')
    tags: tuple[Tag, ...] = ()
    subject: str | None = None  # one line, white space collapsed
    subject_marking: str | None = None  # 'SBU', taken off the subject
    references: tuple[Reference, ...] = ()
    section: int = 1  # which section this text opens with
    sections: int = 1  # how many the message says it has

    # body
    body: tuple[Block, ...] = ()
    summary: str | None = None
    signer: str | None = None  # 'HOAGLAND'

    # beyond the contract
    is_telegram: bool = True  # False: nothing of a telegram was found, all is verbatim
    is_extract: bool = False
    parts: tuple[Part, ...] = ()
    warnings: tuple[Problem, ...] = ()

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The paragraphs of the body, numbered or not, each with what belongs to it."""
        return tuple(_paragraphs(self.body))

    def to_dict(self) -> dict[str, Any]:
        """The cable as `cablepress parse --json` prints it; the keys are a contract."""
        return {
            "id": self.id,
            "year": self.year,
            "post": self.post,
            "serial": self.serial,
            "origin": self.origin,
            "date": self.date.strftime("%Y-%m-%dT%H:%M:%SZ") if self.date else None,
            "date_precision": self.date_precision,
            "classification": self.classification,
            "handling": list(self.handling),
            "captions": list(self.captions),
            "precedence": self.precedence,
            "message_id": self.message_id,
            "action": [_addressee_dict(addressee) for addressee in self.action],
            "info": [_addressee_dict(addressee) for addressee in self.info],
            "attention": list(self.attention),
            "executive_order": self.executive_order,
            "declassify_on": self.declassify_on.isoformat() if self.declassify_on else None,
            "declassification": self.declassification,
            "declassification_code": self.declassification_code,
            "downgrade_on": self.downgrade_on.isoformat() if self.downgrade_on else None,
            "classified_by": self.classified_by,
            "reasons": list(self.reasons),
            "tags": [tag.code for tag in self.tags],
            "subject": self.subject,
            "references": [{"label": r.label, "id": r.id, "text": r.text} for r in self.references],
            "sections": self.sections,
            "signer": self.signer,
            "summary": self.summary,
            "paragraphs": [
                {"number": p.number, "marking": p.marking, "text": p.text} for p in self.paragraphs
            ],
            "body": [_block_dict(block) for block in self.body],
            "warnings": [
                {"code": w.code, "severity": w.severity, "line": w.line, "message": w.message}
                for w in self.warnings
            ],
        }


def _addressee_dict(addressee: Addressee) -> dict[str, Any]:
    fields = {
        "routing": addressee.routing,
        "name": addressee.name,
        "precedence": addressee.precedence,
        "serial": addressee.serial,
    }
    return fields | ({"excluded": list(addressee.excluded)} if addressee.excluded else {})


def _block_dict(block: Block) -> dict[str, Any]:
    """A block with the fields that its kind has, in a fixed order."""
    fields: dict[str, Any] = {"kind": block.kind, "line": block.line}
    for name in ("number", "raw_number", "anchor", "marking", "role"):
        if (value := getattr(block, name)) is not None:
            fields[name] = value
    if block.text:
        fields["text"] = block.text
    if block.items:
        fields["items"] = [{"marker": i.marker, "level": i.level, "text": i.text} for i in block.items]
    if block.blocks:
        fields["blocks"] = [_block_dict(inner) for inner in block.blocks]
    return fields


def block_text(block: Block) -> str:
    """All words of a block, one line a list item, a blank line between the blocks of a quote."""
    if block.kind == "list":
        return "\n".join("  " * item.level + f"{item.marker} {item.text}" for item in block.items)
    if block.kind == "quote":
        opening, _, closing = block.text.partition("\n")
        return "\n\n".join(filter(None, [opening, *map(block_text, block.blocks), closing]))
    return block.text


def _paragraphs(body: tuple[Block, ...]) -> Iterator[Paragraph]:
    """Gather the blocks that follow a number up to the next number or heading."""
    opened: Block | None = None
    texts: list[str] = []
    for block in body:
        # The attributes that a record carries below its text are verbatim too, and no paragraph.
        is_apart = block.kind in ("rule", "gap") or (block.kind == "verbatim" and len(body) > 1)
        continues = opened is not None and opened.number is not None and block.number is None
        if is_apart or block.kind == "heading" or not continues:
            if opened is not None and texts:
                yield Paragraph(number=opened.number, marking=opened.marking, text="\n\n".join(texts))
            opened, texts = None, []
        if not is_apart and (block.kind != "heading" or block.number is not None):
            opened = opened or block
            texts.append(block_text(block))
    if opened is not None and texts:
        yield Paragraph(number=opened.number, marking=opened.marking, text="\n\n".join(texts))
