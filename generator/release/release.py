"""Turns a cable into one that may be published, or into what may be said of one that may not.

First everything that holds the cable back is asked: its front matter, the rules of the ledger, its level. Then what is
above the level or named by its number is taken out, then words are blacked out, and at last the result is searched
once more: a cable in which anything still stands is withheld. Whatever is in doubt is withheld.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date as Day  # noqa: N812 - `date` is a field of Cable
from functools import lru_cache
from hashlib import blake2b
from typing import Any

import msgspec
from msgspec.structs import asdict, astuple

from generator.problem import Problem
from generator.release.blackout import Sought, black_out, black_text, is_found
from generator.release.cleared import MARK, ClearedCable, RedactionNote, Withheld
from generator.release.conditions import Marks, applies, marks_of
from generator.release.folding import fold, letters_of
from generator.release.gaps import below_level, without_paragraph
from generator.release.ledger import Ledger
from generator.release.levels import rank, rank_of_cable
from generator.release.own_rules import is_draft, read_own_rules
from generator.release.publication import NO_PUBLICATION, read_publication
from generator.release.rule import Conditions, Rule, least_shown
from generator.release.terms import Term, TermSearch
from generator.telegram.cable import Block, Cable

HIGHEST = -1  # stands for `highest` of [release] where the uses of rules are counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """The outcome for one cable: either `cleared` or `withheld`, never both and never none."""

    cleared: ClearedCable | None = None
    withheld: Withheld | None = None
    uses: Mapping[int, int]  # rule's place in the ledger -> places; 0 where it applies and has no effect now
    problems: tuple[Problem, ...] = ()  # of front matter that could not be read; they quote no text


def release(
    cable: Cable,
    *,
    path: str,
    front_matter: Mapping[str, Any],
    ledger: Ledger,
    today: Day,
    drafts: bool = False,
) -> Release:
    """Clear a cable for publication, or withhold it.

    `path` is its source below content/; `today` is the day by which embargoes end. With `drafts`, `draft: true` alone
    holds nothing back; that is for a preview, never for a site.
    """
    rules = _compiled(ledger)
    uses: dict[int, int] = {}
    if is_draft(front_matter) and not drafts:
        return Release(withheld=Withheld(), uses=rules.met(cable, path))
    own: Sequence[Rule] = ()
    if front_matter:
        read = read_own_rules(front_matter)
        own = read.rules
        if read.faults:
            problems = tuple(_unreadable(path, fault) for fault in read.faults)
            return Release(withheld=Withheld(), uses=rules.met(cable, path), problems=problems)
    applying = rules.applying(cable, path)
    holding = [rule for rule in own if _holds_back(rule, today)]
    for number in applying:
        rule = ledger.rules[number]
        if rule.deed != "redact":
            uses[number] = int(_holds_back(rule, today))
            holding += [rule] * uses[number]
    is_above = ledger.highest is not None and rank_of_cable(cable) > rank(ledger.highest)
    gapped: Cable = cable
    if ledger.highest is not None and is_above:
        below, gaps = below_level(cable, ledger.highest) if ledger.portions else (None, 0)
        uses[HIGHEST] = max(1, gaps)
        if below is None:
            return Release(withheld=Withheld(), uses=rules.met(cable, path) | uses)
        gapped = below
    if holding:
        withheld = _withheld(cable, holding, rules)
        return Release(withheld=withheld, uses=rules.met(cable, path) | uses)
    outcome = _redacted(cable, gapped, path, own, rules, uses)
    return _published(outcome, cable, path, front_matter, own, rules) if front_matter else outcome


def _published(
    outcome: Release,
    cable: Cable,
    path: str,
    front_matter: Mapping[str, Any],
    own: Sequence[Rule],
    rules: "_Compiled",
) -> Release:
    """The outcome with what front matter says of how the cable is published."""
    if outcome.cleared is None:
        return outcome

    def is_clean(text: str) -> bool:
        return not black_text(text, rules.sought_in_names(cable, path, own))[1]

    said = read_publication(front_matter, is_clean)
    if said is NO_PUBLICATION:
        return outcome
    cleared = msgspec.structs.replace(
        outcome.cleared, aliases=said.aliases, noindex=said.noindex, released=said.released
    )
    return replace(outcome, cleared=cleared, problems=(*outcome.problems, *said.problems(cleared.path)))


def redact_text(text: str, *, ledger: Ledger, ids: Iterable[str] = ()) -> tuple[str, Mapping[int, int]]:
    """A text that is no cable (a page, a title, a file's name) without what is redacted everywhere, and the uses.

    A text on a cable goes without what rules redact that name it by one of its `ids`, too.
    """
    rules = _compiled(ledger)
    return black_text(text, [*rules.everywhere(letters_of(text)), *rules.of_cable(ids)])


def _holds_back(rule: Rule, today: Day) -> bool:
    if rule.deed == "embargo":
        return rule.until is None or today < rule.until
    return rule.deed in ("withhold", "withdraw")


def _withheld(cable: Cable, holding: Sequence[Rule], rules: "_Compiled") -> Withheld:
    """What may be shown of a cable, by the rule that shows least."""
    manner = least_shown(rule.show for rule in holding)
    if manner == "silent" or cable.id is None:
        return Withheld()
    if rules.without_words(cable.id) != cable.id:
        return Withheld()
    rule = next(rule for rule in holding if rule.show == manner)
    is_tombstone = manner == "tombstone"
    return Withheld(
        manner=manner,
        id=cable.id,
        reason=rules.without_words(rule.reason),
        by=rules.without_words(rule.by),
        when=rule.when,
        date=cable.date if is_tombstone else None,
        date_precision=cable.date_precision if is_tombstone else None,
    )


def _redacted(
    cable: Cable, gapped: Cable, path: str, own: Sequence[Rule], rules: "_Compiled", uses: dict[int, int]
) -> Release:
    """The cable without its redactions; withheld where one of them did not succeed."""
    applying = rules.redacting(cable, path)
    numbered = [(number, rules.ledger.rules[number]) for number in applying]
    # Rules of front matter are counted behind those of the ledger, and stay out of `uses`.
    numbered += [(len(rules.ledger.rules) + at, rule) for at, rule in enumerate(own) if rule.deed == "redact"]
    if not numbered:
        return Release(cleared=_cleared(gapped, path, ()), uses=uses)
    finds: dict[int, int] = {}
    for number, rule in numbered:
        if rule.paragraph is not None:
            gapped, count = without_paragraph(gapped, rule.paragraph)
            if count:
                finds[number] = count
    sought = [one for number, rule in numbered if (one := rules.sought(number, rule)) is not None]
    new_path = path
    if sought:
        gapped, new_path, found = black_out(gapped, path, sought)
        finds |= found
        if gapped.id != cable.id or new_path != path:
            new_path = _path_that_tells_nothing(cable, path)
            gapped = msgspec.structs.replace(
                gapped, source=new_path, warnings=_from(gapped.warnings, new_path)
            )
        if found and is_found(_without_marks(gapped), sought):
            return Release(withheld=Withheld(), uses=uses | _of_ledger(finds, rules.ledger))
    notes = _notes(finds, dict(numbered), rules)
    unused = tuple(
        _unused(new_path)
        for number, _ in numbered
        if number >= len(rules.ledger.rules) and number not in finds
    )
    return Release(
        cleared=_cleared(gapped, new_path, notes),
        uses=uses | _of_ledger(finds, rules.ledger),
        problems=unused,
    )


def _cleared(cable: Cable, path: str, notes: tuple[RedactionNote, ...]) -> ClearedCable:
    return ClearedCable(path=path, redactions=notes, **asdict(cable))


def _of_ledger(finds: Mapping[int, int], ledger: Ledger) -> dict[int, int]:
    return {number: count for number, count in finds.items() if number < len(ledger.rules)}


def _without_marks(cable: Cable) -> Cable:
    """The cable as it is searched again: a redaction of everything finds our own marks, and those are no words."""
    encoded = msgspec.json.encode(cable).replace(MARK.encode(), b"\\n")
    return msgspec.json.decode(encoded, type=Cable)


def _path_that_tells_nothing(cable: Cable, path: str) -> str:
    """A path for a cable whose own would tell a redacted word: the same in each build, and not to be guessed."""
    digest = blake2b(path.encode("utf-8", "surrogatepass"), digest_size=8)
    for part in cable.parts:
        digest.update(part.text.encode("utf-8", "surrogatepass"))
    return f"redacted/{digest.hexdigest()}.txt"


def _from(warnings: Iterable[Problem], source: str) -> tuple[Problem, ...]:
    return tuple(replace(problem, source=source) for problem in warnings)


def _notes(
    finds: Mapping[int, int], numbered: Mapping[int, Rule], rules: "_Compiled"
) -> tuple[RedactionNote, ...]:
    """What may be said of the redactions, those of one reason together."""
    counts: dict[tuple[str, bool], int] = {}
    for number, rule in numbered.items():
        reason = rules.without_words(rule.reason) if rule.show_reason else ""
        if number in finds and (reason or rule.show_count):
            key = (reason, rule.show_count)
            counts[key] = counts.get(key, 0) + finds[number]
    return tuple(
        RedactionNote(reason=reason, count=count if is_shown else None)
        for (reason, is_shown), count in counts.items()
    )


def _unused(path: str) -> Problem:
    return Problem(
        code="rule-unused",
        severity="warning",
        source=path,
        message="a redaction in the front matter of this cable redacts nothing",
        next_step="see whether the words are spelled right; what they mean is published",
    )


def _unreadable(path: str, fault: str) -> Problem:
    return Problem(
        code="release-unreadable",
        severity="error",
        source=path,
        message=f"what front matter says of the release cannot be read: {fault}",
        next_step="the cable is withheld until it can",
    )


class _Compiled:
    """The rules of a ledger, arranged so that a cable is asked little."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self._by_id: dict[str, list[int]] = {}
        self._others: list[int] = []  # with conditions, none of them an id
        everywhere: list[int] = []
        for number, rule in enumerate(ledger.rules):
            if rule.applies.is_everything:
                everywhere.append(number)
            elif rule.applies.cable:
                for id_ in rule.applies.cable:
                    self._by_id.setdefault(id_, []).append(number)
            else:
                self._others.append(number)
        self._everywhere = frozenset(everywhere)  # only redactions apply without a condition
        self._is_plain = not self._by_id and not self._others
        worded = [number for number, rule in enumerate(ledger.rules) if rule.words is not None]
        self._terms = {number: _term(ledger.rules[number]) for number in worded}
        self._numbers = worded
        self._search = TermSearch(list(self._terms.values())) if worded else None
        self._wordless = {number for number in range(len(ledger.rules)) if number not in self._terms}

    def applying(self, cable: Cable, path: str) -> list[int]:
        """The rules with conditions that hold for a cable, in order."""
        if self._is_plain:
            return []
        marks: Marks = marks_of(cable, path)
        numbers = {number for id_ in marks.ids for number in self._by_id.get(id_, ())}
        return sorted(
            number
            for number in (*numbers, *self._others)
            if applies(self.ledger.rules[number].applies, marks)
        )

    def redacting(self, cable: Cable, path: str) -> list[int]:
        """The redactions that hold for a cable and may find something in it, in order."""
        numbers = self._everywhere.union(
            number for number in self.applying(cable, path) if self.ledger.rules[number].deed == "redact"
        )
        if not numbers:
            return []
        if self._search is None:
            return sorted(numbers)
        text = text_of_cable(cable, path)
        possible = numbers & self._possible(letters_of(text))
        if possible:
            # Letters that follow one another are no word yet: a pattern decides.
            folded = fold(text)
            possible = frozenset(number for number in possible if any(self._terms[number].find(folded, text)))
        return sorted(possible | (numbers & self._wordless))

    def met(self, cable: Cable, path: str) -> dict[int, int]:
        """The rules that apply to a cable which is withheld, with no places: they are of use, and not now."""
        uses = dict.fromkeys(self.applying(cable, path), 0)
        numbers = self.redacting(cable, path)
        sought = [one for number in numbers if (one := self.sought(number, self.ledger.rules[number]))]
        if sought:
            uses |= dict.fromkeys(black_out(cable, path, sought)[2], 0)
        return dict.fromkeys(uses, 0)

    def everywhere(self, letters: bytes) -> list[Sought]:
        """What is sought in every text and may stand in one of these letters."""
        may_be = self._wordless | self._possible(letters)
        found = (
            self.sought(number, self.ledger.rules[number]) for number in self._everywhere if number in may_be
        )
        return [one for one in found if one is not None]

    def of_cable(self, ids: Iterable[str]) -> list[Sought]:
        """What is sought in a cable of some ids beside that, as far as rules name it by them."""
        numbers = {number for id_ in ids for number in self._named(id_)}
        found = (self.sought(number, self.ledger.rules[number]) for number in sorted(numbers))
        return [one for one in found if one is not None]

    def _named(self, id_: str) -> Iterator[int]:
        yield from self._by_id.get(id_, ())
        for number in self._others:
            patterns = self.ledger.rules[number].applies.cables
            if patterns and applies(Conditions(cables=patterns), _known_by(id_)):
                yield number

    def sought_in_names(self, cable: Cable, path: str, own: Sequence[Rule]) -> list[Sought]:
        """What may not stand in a name that is given to a cable, whether or not it stands in the cable."""
        numbers = [*self._everywhere, *self.applying(cable, path)]
        numbered = [(number, self.ledger.rules[number]) for number in dict.fromkeys(numbers)]
        numbered += [(len(self.ledger.rules) + at, rule) for at, rule in enumerate(own)]
        found = [self.sought(number, rule) for number, rule in numbered if rule.deed == "redact"]
        return [one for one in found if one is not None]

    def without_words(self, text: str) -> str:
        """A text of the ledger itself without what it redacts everywhere; an editor's reason may name the name."""
        return black_text(text, self.everywhere(letters_of(text)))[0]

    def sought(self, number: int, rule: Rule) -> Sought | None:
        """What a redaction looks for; None where it takes out a paragraph."""
        if rule.words is not None:
            return Sought(rule=number, term=self._terms.get(number) or _term(rule))
        return Sought(rule=number, regex=rule.regex) if rule.regex is not None else None

    def _possible(self, letters: bytes) -> set[int]:
        if self._search is None:
            return set()
        return {self._numbers[at] for at in self._search.possible(letters)}


def _known_by(id_: str) -> Marks:
    """The marks of a cable of which the id alone is known."""
    nothing: frozenset[str] = frozenset()
    return Marks(ids=frozenset([id_]), tags=nothing, origins=nothing, levels=nothing, path="")


def _term(rule: Rule) -> Term:
    return Term(rule.words or "", within_words=rule.within_words)


@lru_cache(maxsize=8)
def _compiled(ledger: Ledger) -> _Compiled:
    return _Compiled(ledger)


_ESCAPED = re.compile(rb"\\(?:u[0-9a-f]{4}|.)")


def _not_in(sent: str, texts: list[str]) -> Iterable[str]:
    """Those of the texts, in order, that do not stand in the text as sent, which holds them in the same order.

    A line end and a blank are one to every search, so that a paragraph stands in its lines.
    """
    if not sent:
        return texts
    sent = sent.replace("\n", " ")
    others: dict[str, None] = {}
    place = 0
    for text in texts:
        # A short text stands in many places, and is sooner searched than looked for.
        if len(text) > _SHORT:
            line = text.replace("\n", " ")
            found = sent.find(line[:_OPENING], place)
            if found >= 0 and sent.startswith(line, found):
                end = found + len(text)
                # A word that begins or ends in the middle of another in the parts is another word here.
                if not (sent[found - 1 : found].isalnum() or sent[end : end + 1].isalnum()):
                    place = end
                    continue
        others[text] = None
    return others


_SHORT = 8  # letters
_OPENING = 40  # letters, by which the place of a text is found; a long one would take as long as to search it


def text_of_cable(cable: Cable, path: str) -> str:
    """All that a cable holds as one text, for one search.

    What is set aside between two lines may divide a word, so that the parts are taken once as sent and, where something
    was set aside, without it. A text of the body that stands in the parts word for word need not be searched twice.
    """
    texts = [part.text for part in cable.parts]
    sent = "".join(texts)
    kinds = [part.kind for part in cable.parts]
    if "noise" in kinds:
        texts += [part.text for part in cable.parts if part.kind not in ("noise", "blank")]
    if kinds.count("body") > 1:
        texts += [part.text for part in cable.parts if part.kind == "body"]
    texts.append("\n")
    texts.append("\n".join(_not_in(sent, texts_of_body(cable.body))))
    encoded = _ENCODER.encode(astuple(msgspec.structs.replace(cable, body=(), parts=())))
    if b"\\" in encoded:
        encoded = _ESCAPED.sub(b" ", encoded)
    return "\n".join(["".join(texts), encoded.decode("utf-8"), path])


def texts_of_body(blocks: Iterable[Block]) -> list[str]:
    """Every string of a body that a telegram decides, in order. This is asked of every cable, so it names the fields."""
    texts: list[str] = []
    for block in blocks:
        if block.text:
            texts.append(block.text)
        if block.raw_number is not None:
            texts.append(block.raw_number)
        if block.marking is not None:
            texts.append(block.marking)
        for item in block.items:
            texts += (item.marker, item.text)
        if block.blocks:
            texts += texts_of_body(block.blocks)
    return texts


_ENCODER = msgspec.json.Encoder()
