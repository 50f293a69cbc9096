"""A whole telegram from its forms, with the truth for every key of `Cable.to_dict()`.

The composer puts the zones in the order of their era, settles what several zones decide together (the date, the id,
handling words), and lays page lines into the body.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from truth.addressee_forms import ACTION, INFO
from truth.authority_forms import AUTHORITY
from truth.body_forms import COMMENT, HEADING, INTRODUCTION, SUMMARY
from truth.body_lines import BodyLines, Marked
from truth.classification_forms import CAPTION, CAPTIONS, CLASSIFICATION, HANDLING, PASSING
from truth.draft import Draft
from truth.encoding_forms import ENCODING
from truth.ending_forms import INLINE, SIGNATURE, TRAILER
from truth.form import UNSURE, AnyOf, Form, Piece, Zone
from truth.frame_forms import NAME, NOTE, ORDER_OF_FIELDS, PREAMBLE, SPACING, WEEKDAY
from truth.numbering_forms import MARKING, NUMBERING
from truth.order_forms import ORDER
from truth.page_forms import ABOVE_HEADING, BETWEEN, HYPHEN, ITEMS, PAGES, SECTION_HEADER
from truth.passage_forms import PASSAGE, PLAIN
from truth.reference_forms import REFERENCES
from truth.scene import UNWRAPPED, Scene
from truth.subject_forms import SUBJECT
from truth.tags_forms import TAGS
from truth.transmission_forms import BREAK, DTG, FROM, IDENTIFICATION, ROUTING, SECURITY, STATION

ZONES: tuple[Zone, ...] = (
    PREAMBLE, IDENTIFICATION, ROUTING, STATION, SECURITY, DTG, FROM, ACTION, INFO, BREAK, WEEKDAY, CLASSIFICATION, NOTE,
    CAPTIONS, PASSING, ORDER, TAGS, SUBJECT, REFERENCES, AUTHORITY, ORDER_OF_FIELDS, SPACING, INTRODUCTION, SUMMARY,
    HEADING, PASSAGE, COMMENT, NUMBERING, MARKING, PAGES, SIGNATURE, TRAILER, ENCODING, NAME,
)  # fmt: skip

FORMS: Mapping[str, Form] = {form.name: form for zone in ZONES for form in zone}

_TRANSMISSION = (IDENTIFICATION, ROUTING, STATION, SECURITY, DTG, FROM, ACTION, INFO, BREAK)
_HEADERLESS = ("newspaper", "extract")


# What cannot be told apart: a line in title case over a text without a number; a list numbered as the paragraphs are.
_AMBIGUOUS = {
    ("heading/title-alone", "numbering/none"),
    ("passage/list-half-parentheses", "numbering/parenthesis"),
}


@dataclass(slots=True)
class _Draw:
    """A zone as it was drawn."""

    form: str
    piece: Piece


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Where a form's lines stand in the text, and whether something must be told of them."""

    form: str
    first: int  # 1-based; 0 where the form wrote no line
    last: int
    told: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Telegram:
    """A synthetic telegram."""

    seed: int
    era: str
    forms: tuple[str, ...]
    source: str
    text: str
    truth: Mapping[str, Any]  # by key of Cable.to_dict(); `body` is a list of blocks, or UNSURE
    owners: Mapping[str, str]  # which form decided a key
    block_forms: tuple[str, ...]  # which form wrote each block of the body
    spans: tuple[Span, ...]
    attributes: bool = False  # whether an electronic record's attributes follow the text


def write_telegram(seed: int, form: str | None = None, *, plain: bool = False) -> Telegram:
    """The telegram of a seed; with `form` one that has it, and `plain` all else as plain as can be."""
    return _Composer(Scene(seed, FORMS[form] if form else None, plain=plain)).compose(seed)


class _Composer:
    """Draws the zones of one telegram, and puts them together."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.draws: dict[str, _Draw] = {}
        self.truth: dict[str, Any] = {
            "message_id": None, "origin": None, "precedence": None, "action": [], "info": [], "attention": [],
            "handling": [], "captions": [], "executive_order": None, "declassify_on": None, "classified_by": None,
            "reasons": [], "tags": [], "subject": None, "references": [], "sections": 1, "signer": None, "summary": None,
            "date": None, "date_precision": None,
        }  # fmt: skip
        self.owners: dict[str, str] = {}

    def compose(self, seed: int) -> Telegram:
        scene = self.scene
        self._draw_all()
        body = self._body()
        lines = self._preface() + self._message(body) + self._ending()
        self._settle_identity()
        self._settle_level()
        self._settle_handling()
        encoding = self.draws[ENCODING.name]
        text = encoding.piece.truth["change"]("\n".join(words for words, _ in lines) + "\n")
        above = 2 if encoding.form == "encoding/blank-lines-above" else 0
        name = self._name()
        truth = self.truth | {"body": UNSURE if body.unsure else [block for _, block in body.blocks]}
        for key in ("line_handling", "line_captions"):
            truth.pop(key, None)
        return Telegram(
            seed=seed,
            era=scene.era,
            forms=tuple(scene.drawn),
            source=name,
            text=text,
            truth=truth,
            owners=self.owners,
            block_forms=tuple(form for form, _ in body.blocks),
            spans=tuple(self._spans(lines, above)),
            attributes="attributes" in self.draws[TRAILER.name].piece.truth,
        )

    # Drawing

    def _draw(self, zone: Zone, *, among: tuple[str, ...] | None = None, fields: bool = True) -> Piece:
        """Draw a zone, and take over the fields that it decides."""
        scene = self.scene
        if not zone.of_era(scene.era):
            return Piece(lines=())
        form = scene.draw(zone, among=among)
        piece = form.write(scene)
        self.draws[zone.name] = _Draw(form=form.name, piece=piece)
        if fields:
            self._take(form.name, piece)
        return piece

    def _take(self, form: str, piece: Piece) -> None:
        for key, value in piece.truth.items():
            if key not in ("body", "line_handling", "line_captions", "handling", "captions"):
                self.truth[key] = value
                self.owners[key] = form

    def _draw_all(self) -> None:
        scene = self.scene
        wanted = scene.wanted.zone if scene.wanted else None
        encoding = self._draw(ENCODING, fields=False)
        pilcrows = ("numbering/pilcrow",) if encoding.truth["pilcrow"] and wanted != "numbering" else None
        numbering = self._draw(NUMBERING, among=pilcrows, fields=False).truth["numbering"]
        if wanted == AUTHORITY.name:
            scene.level = "CONFIDENTIAL"
        pages = self._draw(PAGES, fields=False)
        if pages.truth["place"] and scene.width == UNWRAPPED:
            scene.width = 65
        in_sections = SECTION_HEADER in pages.lines
        if in_sections or wanted == AUTHORITY.name:
            only = ("classification/section-of-two",) if in_sections else ("classification/plain",)
        else:
            only = None
        self._draw(CLASSIFICATION, among=only)
        if in_sections:  # the page form's words tell how many sections there are
            self.draws[PAGES.name].piece = self._again(PAGES)
        scene.draft = Draft(scene, numbering, self._draw(MARKING, fields=False).truth["mark"])
        self._draw(PREAMBLE)
        if scene.era in _HEADERLESS:
            self._draw(DTG)
        else:
            # Only an undated telegram asks the file's name.
            undated = ("dtg/absent",) if wanted == NAME.name else None
            for zone in _TRANSMISSION:
                self._draw(zone, among=undated if zone is DTG else None)
        self._draw(WEEKDAY, fields=False)
        for zone in (NOTE, CAPTIONS, PASSING, ORDER, TAGS, SUBJECT, REFERENCES):
            self._draw(zone)
        self._draw(AUTHORITY, among=None if scene.is_classified else ("classified-by/none",))
        self._draw(ORDER_OF_FIELDS, fields=False)
        spaced = ("spacing/usual", "spacing/old-usual") if numbering.number(1) is None else None
        if scene.era != "newspaper":
            self._draw(SPACING, among=spaced, fields=False)
        self._draw(SIGNATURE)
        self._draw(TRAILER, fields=False)
        self._draw(NAME, among=("file-name/id",) if self._needs_name() else None, fields=False)

    def _again(self, zone: Zone) -> Piece:
        return FORMS[self.draws[zone.name].form].write(self.scene)

    def _needs_name(self) -> bool:
        return self.draws[CLASSIFICATION.name].form in (
            "classification/missing",
            "classification/without-number",
        )

    # The body

    def _body(self) -> BodyLines:
        scene, draft, body = self.scene, self.scene.draft, BodyLines()
        wanted = scene.wanted.zone if scene.wanted else None
        pages = self.draws[PAGES.name].piece
        place = pages.truth["place"]
        loose = scene.era != "newspaper"
        if loose and (not scene.plain or wanted == INTRODUCTION.name):
            self._passage(body, INTRODUCTION)
        self._passage(body, SUMMARY)
        self._passage(body, PASSAGE, only=PLAIN)
        if place == ITEMS:
            self._passage(body, PASSAGE, only="passage/list-dashes")
        if place == HYPHEN:
            self._passage(body, PASSAGE, only="passage/hyphen-at-line-end")
        if place == ABOVE_HEADING:
            self._passage(body, HEADING, only="heading/rule-below")
        rounds = 1 if scene.plain else scene.rng.randint(1, 3)
        for _ in range(rounds):
            self._passage(body, HEADING)
            self._passage(body, PASSAGE)
            self._passage(body, PASSAGE, only=PLAIN)
        self._passage(body, COMMENT)
        while draft.ordinal < draft.numbering.least:
            self._passage(body, PASSAGE, only=PLAIN)
        self._last_words(body)
        if place is not None:
            self._cut(body, place)
        body.unsure |= any(
            self.draws[zone.name].piece.truth.get("body") is UNSURE
            for zone in (SUBJECT, AUTHORITY)
            if zone.name in self.draws
        )
        if "summary/only-end" in scene.drawn and "classified-by/as-paragraph-one" in scene.drawn:
            self.truth["summary"] = UNSURE  # which of the two is the first paragraph
        return body

    def _passage(self, body: BodyLines, zone: Zone, *, only: str | None = None) -> None:
        """Add a passage; `only` names the form, where the telegram needs it."""
        scene = self.scene
        if only is not None:
            form = FORMS[only]
            if scene.era not in form.eras:
                return
            scene.drawn.append(form.name)
        else:
            form = scene.draw(zone)
        piece = form.write(scene)
        body.add(form.name, piece, apart=scene.era != "newspaper")
        if (form.name, self.draws[NUMBERING.name].form) in _AMBIGUOUS:
            body.unsure = True
        self._take(form.name, piece)

    def _last_words(self, body: BodyLines) -> None:
        """The words and the name that end the last paragraph, where the signature stands there."""
        draw = self.draws[SIGNATURE.name]
        words = draw.piece.truth.get(INLINE)
        apart = self.scene.era != "newspaper"
        if words is not None:
            draft, text = self.scene.draft, self.scene.sentence()
            opening, number, marking = draft.open()
            whole = f"{text} {draw.piece.truth['words']}"
            block = {"kind": "paragraph", "number": number, "marking": marking, "text": whole}
            piece = Piece(lines=tuple(draft.lines(opening, text + words)), truth={"body": [block]})
            body.add(draw.form, piece, apart=apart)
        elif draw.piece.truth.get("body") is UNSURE:
            body.unsure = True
        else:
            body.blocks += [(draw.form, block) for block in draw.piece.truth.get("body", [])]

    def _cut(self, body: BodyLines, place: str) -> None:
        draw = self.draws[PAGES.name]
        spots = body.cuts.get(place)
        if not spots:
            return
        at = self.scene.rng.choice(spots)
        lines: list[Marked] = []
        for words in draw.piece.lines:
            if words == SECTION_HEADER:
                lines += [(text, draw.form) for text in self._section_header()]
            else:
                lines.append((words, draw.form))
        if place in (BETWEEN, ABOVE_HEADING) and not body.lines[at - 1][0] and lines[0][0] == "":
            lines = lines[1:]  # the blank line above is there
        if draw.piece.truth.get("body") is UNSURE:
            body.unsure = True
        body.insert(at, lines)

    def _section_header(self) -> Iterator[str]:
        """The header of section 2: the classification line, captions and fields again."""
        for zone in (CLASSIFICATION, CAPTIONS, ORDER, TAGS, SUBJECT):
            draw = self.draws.get(zone.name)
            if draw is None or not draw.piece.lines:
                continue
            if zone in (CAPTIONS, ORDER):
                yield ""
            for words in draw.piece.lines:
                yield words.replace("SECTION 01", "SECTION 02") if zone is CLASSIFICATION else words

    # Putting together

    def _lines(self, zone: Zone) -> list[Marked]:
        draw = self.draws.get(zone.name)
        return [(words, draw.form) for words in draw.piece.lines] if draw else []

    def _preface(self) -> list[Marked]:
        """The preamble and the transmission header, a blank line behind it."""
        lines = self._lines(PREAMBLE)
        for zone in _TRANSMISSION:
            lines += self._lines(zone)
        return [*lines, ("", "")] if lines else []

    def _message(self, body: BodyLines) -> list[Marked]:
        spacing = self.draws[SPACING.name].piece.truth["spacing"] if SPACING.name in self.draws else "tight"
        groups = [self._lines(WEEKDAY) + self._lines(CLASSIFICATION) + self._lines(NOTE)]
        groups += [self._lines(CAPTIONS), self._lines(PASSING), *self._field_groups(spacing), body.lines]
        between: list[Marked] = {"tight": [], "double": [("", ""), ("", "")]}.get(spacing, [("", "")])
        lines: list[Marked] = []
        for group in filter(None, groups):
            tight_body = spacing == "tight" and group is body.lines and self.scene.era != "newspaper"
            lines += ([("", "")] if tight_body else between) if lines else []
            lines += group
        return lines

    def _field_groups(self, spacing: str) -> list[list[Marked]]:
        """E.O., TAGS, subject and the rest, in their order; a group is set apart by blank lines."""
        order = self.draws[ORDER_OF_FIELDS.name].piece.truth["order"]
        fields = {zone.name: self._lines(zone) for zone in (ORDER, TAGS, SUBJECT, REFERENCES, AUTHORITY)}
        for zone, form in ((TAGS, "tags/on-the-eo-line"), (SUBJECT, "subject/on-the-line-above")):
            above = [name for name in (ORDER.name, TAGS.name) if name != zone.name and fields[name]]
            if zone.name in self.draws and self.draws[zone.name].form == form and above:
                *before, (words, owner) = fields[above[-1]]
                fields[above[-1]] = [*before, (f"{words} {fields[zone.name][0][0]}", owner)]
                fields[zone.name] = []
        groups: list[list[Marked]] = []
        for name in order:
            together = spacing == "usual" and name in (ORDER.name, TAGS.name, SUBJECT.name)
            if together and groups and groups[-1] and groups[-1] is not fields.get(REFERENCES.name):
                groups[-1] = groups[-1] + fields[name]
            else:
                groups.append(fields[name])
        return groups

    def _ending(self) -> list[Marked]:
        signature = self._lines(SIGNATURE)
        apart: list[Marked] = [("", "")] if self.scene.era != "newspaper" or len(signature) > 1 else []
        return (apart + signature if signature else []) + self._lines(TRAILER)

    def _spans(self, lines: list[Marked], above: int) -> Iterator[Span]:
        drawn = {draw.form: draw.piece.told for draw in self.draws.values()}
        if "station/days-later" in drawn:  # told of either line
            drawn[self.draws[DTG.name].form] = None
        for form in dict.fromkeys(self.scene.drawn):
            places = [at for at, (_, owner) in enumerate(lines, start=1 + above) if owner == form]
            first, last = (places[0], places[-1]) if places else (0, 0)
            yield Span(form=form, first=first, last=last, told=drawn.get(form))

    # What several zones decide

    def _name(self) -> str:
        scene = self.scene
        return str(self.draws[NAME.name].piece.truth["name"]).format(
            yy=scene.yy,
            yyyy=scene.year,
            key=self.truth["post"],
            lower=str(self.truth["post"]).lower(),
            serial=scene.serial,
        )

    def _settle_identity(self) -> None:
        """The date from the DTG, the weekday line, the filing time or the name; the id from date and number."""
        scene, truth = self.scene, self.truth
        if truth.get("post") in (None, "missing"):
            truth |= {"post": scene.post.key, "serial": scene.serial}
        named = self.draws[NAME.name].form != "file-name/unnamed"
        weekday = self.draws[WEEKDAY.name].piece.truth
        filed = scene.filed if STATION.name in self.draws else None
        year: int | None = scene.year
        if truth["date_precision"] == "minute":
            pass
        elif truth["date_precision"] == "impossible":
            self._date_otherwise(filed, weekday, year)
        elif weekday:
            self._date_otherwise(None, weekday, year)
        elif named:
            self._date_otherwise(filed, weekday, year)
        else:
            year = None
            if self.scene.era == "1973":  # the record's attributes may tell the year
                truth |= {"date": UNSURE, "date_precision": UNSURE, "id": UNSURE, "year": UNSURE}
        if "id" not in truth:
            id_ = f"{scene.yy}{truth['post']}{truth['serial']}" if year is not None else None
            truth |= {"id": id_, "year": year}
        if year is None:  # nothing tells which year a reference means, or whether a day lies ahead
            truth |= {"references": UNSURE, "declassify_on": UNSURE}
        for key in ("date", "date_precision", "id", "year"):
            self.owners.setdefault(key, self.draws[NAME.name].form)
        self.owners["id"] = self.owners["year"] = self.draws[NAME.name].form

    def _date_otherwise(self, filed: datetime | None, weekday: Mapping[str, Any], year: int | None) -> None:
        if filed is not None and filed.year == year:
            self.truth |= {"date": f"{filed:%Y-%m-%dT%H:%M:00Z}", "date_precision": "minute"}
        elif filed is not None:
            self.truth |= {"date": UNSURE, "date_precision": UNSURE}
        elif weekday:
            self.truth |= weekday
            self.owners |= dict.fromkeys(weekday, self.draws[WEEKDAY.name].form)
        else:
            self.truth |= {"date": f"{year}-01-01T00:00:00Z", "date_precision": "year"}

    def _settle_level(self) -> None:
        """Without a classification line the security warning tells; without that the markings may."""
        if self.truth["classification"] == "missing":
            self.truth["classification"] = self.scene.level if SECURITY.name in self.draws else UNSURE
        if self.truth.get("precedence") is None and ROUTING.name in self.draws:
            words = {"O": "IMMEDIATE", "P": "PRIORITY", "R": "ROUTINE"}
            self.truth["precedence"] = words[self.scene.precedence]
        if self.truth["subject"] == "derived":
            self.truth["subject"] = UNSURE

    def _settle_handling(self) -> None:
        """Handling words and captions of the line and of the block, each once."""
        line, block = self.draws[CLASSIFICATION.name], self.draws[CAPTIONS.name]
        for key, on_line in (("handling", HANDLING), ("captions", CAPTION)):
            first, second = line.piece.truth[on_line], block.piece.truth[key]
            self.truth[key] = _together(first, second)
            self.owners[key] = f"{line.form} + {block.form}" if first else block.form


def _together(first: Any, second: Any) -> Any:
    """Two lists, or what each of them may be, as one without repetition."""
    firsts = first.values if isinstance(first, AnyOf) else (first,)
    seconds = second.values if isinstance(second, AnyOf) else (second,)
    both = tuple(list(dict.fromkeys([*a, *b])) for a in firsts for b in seconds)
    return both[0] if len(both) == 1 else AnyOf(both)
