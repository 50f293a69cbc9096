"""A redacted word is in no string of what may be published, in no spelling, and its mark tells nothing."""

import unicodedata
from collections.abc import Callable
from dataclasses import replace as replace_problem

import hypothesis
import hypothesis.strategies as st
import pytest
from hypothesis import given
from msgspec.structs import replace
from release_tools import PATH, TELEGRAM, all_strings, cleared, outcome, parsed

from generator.problem import Problem
from generator.release.cleared import MARK, WITHHELD_GAP, RedactionNote
from generator.release.ledger import read_ledger
from generator.release.release import redact_text, texts_of_body
from generator.telegram.cable import Addressee, Block, Cable, ListItem, Part, Reference, Tag

TERM = "Hentzauberg"
LEDGER = f'[[redact]]\nterm = "{TERM}"\n'


def letters(text: str) -> str:
    """A text by its letters and digits alone, found without the code under test."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in plain if letter.isalnum())


SPELLINGS: tuple[Callable[[str], str], ...] = (
    str,
    str.upper,
    str.lower,
    " ".join,
    "  ".join,
    ".".join,
    lambda term: f"{term[:5]}-\n{term[5:]}",
    lambda term: f"{term[:5]}-  \n   {term[5:]}",
    lambda term: f"{term[:4]}\n{term[4:]}",
    lambda term: f"{term[:7]}\u00ad{term[7:]}",
    lambda term: "\u200b".join(term),
    lambda term: term.replace("e", "\u00e9").replace("u", "\u00fc"),
    lambda term: term.replace("e", "e\u0301"),
    lambda term: "".join(chr(ord(letter) + 0xFEE0) for letter in term),
    lambda term: f"{term[:3]}\n\nSTRELSAU 00000123  002 OF 002\n\n{term[3:]}",
)

PUT: dict[str, Callable[[Cable, str], Cable]] = {
    "subject": lambda cable, text: replace(cable, subject=text),
    "origin": lambda cable, text: replace(cable, origin=f"AMEMBASSY {text}"),
    "message id": lambda cable, text: replace(cable, message_id=text),
    "routing": lambda cable, text: replace(cable, routing=("RUEHC", text)),
    "precedence": lambda cable, text: replace(cable, precedence=text),
    "action": lambda cable, text: replace(
        cable, action=(Addressee(routing=text, name=text, precedence=text, serial=text, excluded=(text,)),)
    ),
    "info": lambda cable, text: replace(
        cable,
        info=(*cable.info, Addressee(routing=None, name=f"AMCONSUL {text}", precedence=None, serial=None)),
    ),
    "classification": lambda cable, text: replace(cable, classification=text),
    "handling": lambda cable, text: replace(cable, handling=("NOFORN", text)),
    "captions": lambda cable, text: replace(cable, captions=(text, "SIPDIS")),
    "attention": lambda cable, text: replace(cable, attention=(f"FOR {text}", text)),
    "passing lines of which each holds a half": lambda cable, text: replace(
        cable, attention=(f"FOR {text[:5]}", f"{text[5:]} ONLY")
    ),
    "executive order": lambda cable, text: replace(
        cable, executive_order=text, declassification=f"DECL: {text}"
    ),
    "classified by": lambda cable, text: replace(cable, classified_by=f"Minister {text}.", reasons=(text,)),
    "tags": lambda cable, text: replace(
        cable, tags=(*cable.tags, Tag(code=text, raw="x"), Tag(code="X", raw=text))
    ),
    "subject marking": lambda cable, text: replace(cable, subject_marking=text),
    "references": lambda cable, text: replace(
        cable,
        references=(*cable.references, Reference(label=text, id=f"08{text.upper()}7", text=f"see {text}")),
    ),
    "summary": lambda cable, text: replace(cable, summary=f"Met {text}, twice."),
    "signer": lambda cable, text: replace(cable, signer=text),
    "id": lambda cable, text: replace(cable, id=f"08{text.upper()}123", post=text.upper()),
    "source": lambda cable, text: replace(cable, source=f"letters/{text}.txt"),
    "a part": lambda cable, text: replace(
        cable, parts=(*cable.parts, Part(kind="trailer", line=60, text=f"drafted by {text}\n"))
    ),
    "noise": lambda cable, text: replace(
        cable, parts=(*cable.parts, Part(kind="noise", line=60, text=f"{text}\n"))
    ),
    "the transmission": lambda cable, text: replace(
        cable, parts=(Part(kind="preamble", line=1, text=f"FROM {text}\n"), *cable.parts)
    ),
    "a paragraph": lambda cable, text: replace(
        cable, body=(block("paragraph", f"I saw {text}."), *cable.body)
    ),
    "a paragraph's number": lambda cable, text: replace(
        cable, body=(replace(block("paragraph", "x"), raw_number=text, marking=text),)
    ),
    "a heading": lambda cable, text: replace(cable, body=(*cable.body, block("heading", text.upper()))),
    "an item": lambda cable, text: replace(
        cable, body=(replace(block("list", ""), items=(ListItem(marker=text, text=text),)),)
    ),
    "a table": lambda cable, text: replace(cable, body=(block("table", f"name     {text}\nage      9"),)),
    "a quotation in a quotation": lambda cable, text: replace(
        cable, body=(quote(quote(block("paragraph", text), opening=text), opening="BEGIN TEXT"),)
    ),
    "two blocks of which each holds a half": lambda cable, text: replace(
        cable, parts=(), body=(block("paragraph", f"and {text[:6]}"), block("paragraph", f"{text[6:]} came"))
    ),
    "a problem": lambda cable, text: replace(
        cable, warnings=(told(f"{text} is none", f"TAGS: {text}", f"try {text}"),)
    ),
    "what stands above the text as sent": lambda cable, text: replace(
        cable, parts=(), body=(block("paragraph", text),), subject=text
    ),
}


def block(kind: str, text: str) -> Block:
    return Block(kind=kind, line=4, last_line=6, text=text)  # type: ignore[arg-type]


def quote(inner: Block, *, opening: str) -> Block:
    return Block(kind="quote", line=1, last_line=9, text=f"{opening}\nEND TEXT", blocks=(inner,))


def told(message: str, excerpt: str, next_step: str) -> Problem:
    return Problem(
        code="a-b",
        severity="info",
        source="a.txt",
        line=3,
        column=7,
        excerpt=excerpt,
        message=message,
        next_step=next_step,
    )


# In a field of its own a term has no page line in it.
@given(st.sampled_from(sorted(PUT)), st.sampled_from(SPELLINGS[:-1]), st.sampled_from(["", "Count "]))
def test_a_term_is_gone_from_every_string(field: str, spelling: Callable[[str], str], before: str) -> None:
    # A field that is one word, such as an id, holds it whole.
    written = spelling(TERM) if field != "id" else TERM
    cable = PUT[field](parsed(), before * (field != "id") + written)
    released = outcome(cable, LEDGER)
    assert released.cleared is not None
    assert [text for text in all_strings(released.cleared) if letters(TERM) in letters(text)] == []
    assert set(released.uses) == {0}
    assert released.uses[0] >= 1


@given(st.integers(0, TELEGRAM.count("\n") - 1), st.sampled_from(SPELLINGS), st.booleans())
def test_a_term_is_gone_wherever_it_stands_in_a_telegram(
    line: int, spelling: Callable[[str], str], at_end: bool
) -> None:
    lines = TELEGRAM.split("\n")
    # Above the text a page line parts nothing.
    hypothesis.assume(spelling is not SPELLINGS[-1] or line >= lines.index("SALT"))
    lines[line] = f"{lines[line]} {spelling(TERM)}" if at_end else f"{spelling(TERM)} {lines[line]}"
    cable = parsed("\n".join(lines))
    released = outcome(cable, LEDGER)
    assert released.cleared is not None
    assert [text for text in all_strings(released.cleared) if letters(TERM) in letters(text)] == []
    assert released.uses[0] >= 1


@pytest.mark.parametrize(
    "halves", ["passing lines of which each holds a half", "two blocks of which each holds a half"]
)
def test_neither_half_of_a_divided_word_stays(halves: str) -> None:
    assert not any(
        half in text
        for text in all_strings(cleared(PUT[halves](parsed(), TERM), LEDGER))
        for half in ("Hentza", "berg")
    )


def test_what_has_no_word_of_the_ledger_is_as_it_was() -> None:
    assert cleared(parsed(), LEDGER) == cleared(parsed())


@pytest.mark.parametrize(
    "hidden", ["Bo", "Hentzauberg", "the gate behind the old chapel on the road to Zenda"]
)
def test_a_mark_is_the_same_whatever_was_under_it(hidden: str) -> None:
    text = TELEGRAM.replace("said the count", f"said {hidden}")
    cable = cleared(parsed(text), f'[[redact]]\npassage = "{hidden}"')
    assert cable == cleared(
        parsed(TELEGRAM.replace("said the count", "said Sapt")), '[[redact]]\nterm = "Sapt"'
    )
    assert f"2. (C) Three points, said {MARK}:\n" in "".join(part.text for part in cable.parts)


def test_lines_do_not_tell_how_long_a_passage_was() -> None:
    short = TELEGRAM.replace("said the count", "said Sapt")
    long = TELEGRAM.replace("said the count", "said Sapt\nand the\nothers of\nthe guard")
    assert cleared(parsed(short), '[[redact]]\npassage = "Sapt"') == cleared(
        parsed(long), '[[redact]]\npassage = "Sapt and the others of the guard"'
    )


def test_a_half_of_a_divided_word_is_not_quoted() -> None:
    text = TELEGRAM.replace("STATE FOR EUR/RUR", "STATE FOR HENTZAU-\nBERG AND RUR")
    cable = replace(parsed(text), warnings=(told("x", "STATE FOR HENTZAU-", ""),))
    problem = cleared(cable, LEDGER).warnings[0]
    assert (problem.excerpt, problem.column) == ("", None)
    assert "HENTZAU" not in " ".join(all_strings(cleared(cable, LEDGER)))


def test_a_subject_made_of_the_text_holds_no_cut_word() -> None:
    text = (
        TELEGRAM.replace("SUBJECT: (U) SALT\n", "")
        .replace(
            "1. (U) SUMMARY: Salt and tin. END SUMMARY.",
            f"1. (U) {'word ' * 16}the gate behind the old chapel.",
        )
        .replace("SALT\n----\n", "")
    )
    cable = parsed(text)
    assert (cable.subject or "").endswith("the gate ...")
    assert cleared(cable, '[[redact]]\npassage = "the gate behind the old chapel"').subject == MARK


def test_an_id_that_tells_is_gone_with_its_path() -> None:
    cable = cleared(parsed(), '[[redact]]\nterm = "Strelsau"')
    assert (cable.id, cable.post, cable.serial, cable.year) == (None, None, None, 2008)
    assert cable.origin == f"AMEMBASSY {MARK}"
    assert cable.path == cable.source
    assert cable.path.startswith("redacted/")
    assert cable.path == cleared(parsed(), '[[redact]]\nterm = "STRELSAU"').path
    other = parsed(TELEGRAM.replace("tin", "iron"))
    assert cable.path != cleared(other, '[[redact]]\nterm = "Strelsau"').path
    assert {problem.source for problem in cable.warnings} == {cable.path}


def test_a_path_that_tells_is_replaced_and_the_id_stays() -> None:
    cable = cleared(parsed(), LEDGER, path=f"letters of {TERM}/08STRELSAU123.txt")
    assert cable.id == "08STRELSAU123"
    assert cable.path.startswith("redacted/")


def test_a_tag_or_a_reference_that_tells_is_no_link() -> None:
    cable = cleared(parsed(), '[[redact]]\nterm = "PGOV"\n[[redact]]\nterm = "9876"')
    assert [tag.code for tag in cable.tags] == ["PREL", "QR"]
    assert [(reference.id, reference.text) for reference in cable.references] == [
        (None, f"STATE {MARK}"),
        (None, "E-MAIL OF 12 FEB"),
    ]


@pytest.mark.parametrize(
    ("regex", "text", "redacted"),
    [
        (r"gate \d+", "the Gate 12, gate\n 7", f"the {MARK}, {MARK}"),
        (r"rassend\w+", "RASSEN-\nDYLL", MARK),
        (r"col\. \w+", "Col.   S\u00e1pt left", f"{MARK} left"),
        ("s\u00e1pt", "SAPT", MARK),
        (r"(?-i)Col\. [A-Z]\w+", "Col. SAPT, Col.  Sapt", f"{MARK}, {MARK}"),
        (r"[^ ]+@[^ ]+", "to a&#64;b.example now", f"to {MARK} now"),
    ],
)
def test_a_regular_expression_sees_a_text_as_it_flows(regex: str, text: str, redacted: str) -> None:
    assert redact_text(text, ledger=read_ledger(f"[[redact]]\nregex = '{regex}'")) == (
        redacted,
        {0: text.count(",") + 1},
    )


def test_a_regular_expression_holds_in_every_field() -> None:
    cable = cleared(parsed(), "[[redact]]\nregex = 'ras+end\\w+'")
    assert (cable.signer, cable.classified_by) == (MARK, f"Ambassador R. {MARK}")
    assert "RASSENDYLL" not in "".join(all_strings(cable)).upper()


def test_a_regular_expression_may_match_everything() -> None:
    released = outcome(parsed(), "[[redact]]\nregex = '(?s).+'")
    if released.cleared is not None:
        assert all(set(text) <= set(MARK) for text in all_strings(released.cleared) if "tin" in text)


def test_counts_and_reasons_are_shown_if_the_ledger_says_so() -> None:
    rules = '[[redact]]\nterm = "Rassendyll"\nreason = "a source"\n{}\n[[redact]]\nterm = "tin"\nreason = "trade"\n{}'
    show_reason, show_count = "show_reason = true", "show_count = true"
    assert cleared(parsed(), rules.format("", "")).redactions == ()
    assert cleared(parsed(), rules.format(show_reason, show_count)).redactions == (
        RedactionNote(reason="a source"),
        RedactionNote(count=1),
    )
    assert cleared(parsed(), rules.format(f"{show_reason}\n{show_count}", "")).redactions == (
        RedactionNote(reason="a source", count=2),
    )


def test_a_paragraph_leaves_a_gap_that_tells_its_number_alone() -> None:
    cable = cleared(parsed(), '[[redact]]\ncable = "08STRELSAU123"\nparagraph = 2')
    gap = next(block for block in cable.body if block.kind == "gap")
    assert (gap.text, gap.number, gap.anchor, gap.marking) == (WITHHELD_GAP, 2, "par2", "C")
    assert not any(word in text for text in all_strings(cable) for word in ("Three points", "one", "two"))
    longer = parsed(TELEGRAM.replace("-- one", "-- one\n\n-- one more\n"))
    assert cleared(longer, '[[redact]]\ncable = "08STRELSAU123"\nparagraph = 2') == cable


def test_a_page_or_a_title_is_redacted_by_what_holds_everywhere() -> None:
    ledger = read_ledger(f'{LEDGER}[[redact]]\nterm = "tin"\ncable = "08ZENDA1"')
    assert redact_text("tin, HENTZAU-\nBERG", ledger=ledger) == (f"tin, {MARK}", {0: 1})


def test_a_rule_of_another_cable_does_not_hold() -> None:
    assert cleared(parsed(), '[[redact]]\ncable = "08ZENDA1"\nterm = "tin"') == cleared(parsed())
    assert cleared(parsed()).path == PATH


def test_no_string_of_a_block_is_forgotten_by_the_search() -> None:
    """The search for all terms names the fields of a body; a new one must be named there."""
    texts = texts_of_body((replace(quote(block("list", "a"), opening="b"), raw_number="c", marking="d"),))
    assert texts == ["b\nEND TEXT", "c", "d", "a"]
    assert texts_of_body((replace(block("list", ""), items=(ListItem(marker="e", text="f"),)),)) == ["e", "f"]
    assert set(Block.__struct_fields__) == {
        *("kind", "line", "last_line", "number", "anchor", "role"),  # ours, or no text
        *("text", "raw_number", "marking", "items", "blocks"),
    }
    assert set(ListItem.__struct_fields__) == {"marker", "text", "level"}


def test_problems_keep_their_kind() -> None:
    cable = replace(parsed(), warnings=(replace_problem(told(TERM, TERM, TERM), code="tin"),))
    assert cleared(cable, f'{LEDGER}[[redact]]\nterm = "tin"').warnings[0].code == "tin"
