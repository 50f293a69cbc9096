"""Words are found as a person would find them, and no others."""

import time

import pytest

from generator.release.folding import fold, letters_of
from generator.release.terms import Term, TermSearch


def found(term: str, text: str, *, within_words: bool = False) -> list[str]:
    """What is found of a term; the one search for all terms must have let it through."""
    sought = Term(term, within_words=within_words)
    spans = list(sought.find(fold(text), text))
    if spans:
        assert TermSearch([Term("other", within_words=False), sought]).possible(letters_of(text)) >= {1}
    return [text[start:end] for start, end in spans]


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("Rassendyll", "Rassendyll"),
        ("Rassendyll", "RASSENDYLL"),
        ("RASSENDYLL", "rassendyll"),
        ("Rassendyll", "R A S S E N D Y L L"),
        ("Rassendyll", "R  A  S  S  E  N  D  Y  L  L"),
        ("Rassendyll", "r.a.s.s.e.n.d.y.l.l"),
        ("Rassendyll", "RASSEN-\nDYLL"),
        ("Rassendyll", "RASSEN-   \n     DYLL"),
        ("Rassendyll", "RASSEN- DYLL"),
        ("Rassendyll", "RASSEN\nDYLL"),
        ("Rassendyll", "Rassen\u2010dyll"),
        ("Rassendyll", "R\u00e4ss\u00e9ndyll"),
        ("Rassendyll", "Ra\u0301ssendyll"),
        ("R\u00e4ssendyll", "Rassendyll"),
        ("Rassendyll", "Rassen\u00addyll"),
        ("Rassendyll", "R\u200bassen\u2060dy\ufeffll"),
        ("Rassendyll", "R\u202eassendyll"),
        ("Rassendyll", "Rass&eacute;ndyll"),
        ("Rassendyll", "Rass&#233;ndyll"),
        ("Rassendyll", "Rass&#xE9;ndyll"),
        ("Rassendyll", "Rass&amp;eacute;ndyll"),
        ("Rassendyll", "Rassen&shy;dyll"),
        ("Rassendyll", "Ra\u017f\u017fendyll"),
        ("Rassendyll", "\uff32\uff41\uff53\uff53\uff45\uff4e\uff44\uff59\uff4c\uff4c"),
        ("Rassendyll", "R\u0430ss\u0435ndyll"),  # two letters are Cyrillic
        ("Rassendyll", "R\x00assen\x08dyll"),
        ("Fischer", "\ufb01scher"),
        ("Caesar", "C\u00e6sar"),
        ("Stra\u00dfe", "STRASSE"),
        ("Count Rupert", "Count   Rupert"),
        ("Count Rupert", "COUNT\n     RUPERT"),
        ("Count Rupert", "Count\u00a0Rupert"),
        ("Count Rupert", "Count&nbsp;Rupert"),
        ("Count Rupert", "C O U N T   R U P E R T"),
        ("Count Rupert", "Count-Rupert"),
        ("Count Rupert", "count_rupert"),
        ("Count Rupert", "CountRupert"),
        ("O'Hara", "O\u2019Hara"),
        ("O'Hara", "O`HARA"),
        ("O\u2019Hara", "O'Hara"),
        ("O'Hara", "OHara"),
        ("CIA", "C.I.A"),
        ("C.I.A.", "CIA"),
        ("555-0123", "5550123"),
        ("555-0123", "555 0123"),
        ("555-0123", "555\u20130123"),
        ("Ana", "A n a"),
        ("Ana", "An-\na"),
        ("Рупертов", "РУПЕРТОВ"),
        ("\u6771\u4eac", "\u6771\u4eac"),
    ],
)
def test_a_term_is_found_however_it_is_written(term: str, text: str) -> None:
    assert found(term, text) == [text]
    assert found(term, f"The man, {text}, left.") == [text]
    assert found(term, f"({text})\n{text}") == [text, text]


@pytest.mark.parametrize(
    ("term", "text", "whole"),
    [
        ("Strelsau", "08STRELSAU123", "STRELSAU"),  # a digit ends a word
        ("Rupert", "letters/CountRupertLetter.txt", "Rupert"),  # and so does a capital in a name
        ("Rupert", "a_rupert_b.txt", "rupert"),
        ("Rupert", "Rupert's", "Rupert"),
        ("Rupert", "Rupert\u2019s", "Rupert"),
        ("Rupert", "Rupert\u0301 x", "Rupert\u0301"),
        ("12", "08STRELSAU12", "12"),
    ],
)
def test_a_whole_word_ends_where_a_reader_sees_its_end(term: str, text: str, whole: str) -> None:
    assert found(term, text) == [whole]


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("Ana", "banana"),
        ("Ana", "in an a posteriori sense"),
        ("Ana", "Anatole"),
        ("Rupert", "Ruperts"),
        ("Rupert", "MCRUPERT"),
        ("12", "08STRELSAU123"),
        ("Count Rupert", "Count of Rupert"),
        ("Count Rupert", "Rupert, Count"),
        ("Rassendyll", "Rassendyl"),
        ("Lee", "fleet, sleep, l e"),
    ],
)
def test_another_word_is_left(term: str, text: str) -> None:
    assert found(term, text) == []


def test_a_term_is_found_within_words_where_the_ledger_says_so() -> None:
    assert found("rupert", "MCRUPERTS and Rupert", within_words=True) == ["RUPERT", "Rupert"]


def test_a_search_names_all_terms_that_may_be_there() -> None:
    search = TermSearch(
        [Term(term, within_words=False) for term in ("Rupert", "Count Rupert", "Sapt", "rupert")]
    )
    assert search.possible(letters_of("the COUNT, Rupert")) == {0, 1, 3}
    assert search.possible(letters_of("nobody")) == set()


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("Straße 12-B", b"strasse12b"),
        ("Ærø, ÇÉ", b"aeroce"),
        ("½ \N{LATIN SMALL LIGATURE FI}", b"12fi"),
        ("R&eacute;mi", b"remi"),
        ("\N{HEBREW LETTER ALEF}\N{HEBREW LETTER BET}", b"5d05d1"),  # not to be lost, whatever it becomes
    ],
)
def test_the_letters_of_a_text_are_what_the_search_reads(text: str, letters: bytes) -> None:
    assert letters_of(text) == letters


@pytest.mark.parametrize(
    "text", ["r " * 50_000, "rassendyl" * 10_000, "ra" + " " * 100_000, "r-\n" * 30_000, "&amp;" * 20_000]
)
def test_no_text_takes_long(text: str) -> None:
    began = time.process_time()
    found("Rassendyll", text)
    found("r r r", text)
    assert time.process_time() - began < 5
