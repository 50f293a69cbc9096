import pytest

from generator.lexicon import builtin_lexicon
from generator.telegram.tags import only_known_codes, parse_tags, strip_label

LEXICON = builtin_lexicon()


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        ("PGOV PREL KZ", ["PGOV", "PREL", "KZ"]),
        ("PGOV, PREL, KZ", ["PGOV", "PREL", "KZ"]),
        ("PGOV,PREL;KZ", ["PGOV", "PREL", "KZ"]),
        ("[PGOV](#) [PREL](/tag/PREL) [KZ](#)", ["PGOV", "PREL", "KZ"]),
        ("[PGOV](#)[PREL](#)", ["PGOV", "PREL"]),
        ('<a href="/tag/PGOV_0.html">PGOV</a> PREL', ["PGOV", "PREL"]),
        ("PGOV PREL\nKZ", ["PGOV", "PREL", "KZ"]),
        ("PGOV PREL PGOV", ["PGOV", "PREL"]),
        ("PREL UNGA/C-1 NATO", ["PREL", "UNGA/C-1", "NATO"]),
        ("PGOV (RASSENDYLL, RUDOLF) KZ", ["PGOV", "RASSENDYLL, RUDOLF", "KZ"]),
        ("PGOV KZ RASSENDYLL, RUDOLF", ["PGOV", "KZ", "RASSENDYLL, RUDOLF"]),
        ("", []),
    ],
)
def test_codes_stand_in_order_and_once(written: str, codes: list[str]) -> None:
    assert [tag.code for tag in parse_tags(written, LEXICON).tags] == codes


@pytest.mark.parametrize(
    ("written", "codes", "raw"),
    [
        ("pgov", ["PGOV"], ["pgov"]),
        ("PGOVPREL", ["PGOV", "PREL"], ["PGOVPREL", "PGOVPREL"]),
        ("ETRDEINVKZ", ["ETRD", "EINV", "KZ"], ["ETRDEINVKZ"] * 3),
        ("P GOV", ["PGOV"], ["P GOV"]),
        ("PGVO", ["PGOV"], ["PGVO"]),
        ("EECON", ["ECON"], ["EECON"]),
    ],
)
def test_a_damaged_code_is_repaired_and_the_raw_one_kept(
    written: str, codes: list[str], raw: list[str]
) -> None:
    line = parse_tags(written, LEXICON)
    assert [tag.code for tag in line.tags] == codes
    assert [tag.raw for tag in line.tags] == raw
    assert [remark.code for remark in line.remarks] == ["tag-repaired"]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("KXQZ", "tag-unknown"),  # a program code may be new
        ("QQ", "tag-unknown"),
        ("ZZZZ", "tag-unknown"),
        ("SIPDIS", "tag-rejected"),
        ("14", "tag-rejected"),
    ],
)
def test_what_cannot_be_repaired_is_told(written: str, code: str) -> None:
    line = parse_tags(f"PGOV {written}", LEXICON)
    assert [remark.code for remark in line.remarks] == [code]
    assert [tag.code for tag in line.tags] == (["PGOV"] if code == "tag-rejected" else ["PGOV", written])


@pytest.mark.parametrize(
    ("line", "rest"), [("TAGS: PGOV", "PGOV"), ("TAGS PGOV", "PGOV"), ("TAG; PGOV", "PGOV"), ("tags: x", "x")]
)
def test_the_label_comes_in_several_spellings(line: str, rest: str) -> None:
    assert strip_label(line) == rest


@pytest.mark.parametrize(
    ("line", "known"), [("PGOV KZ", True), ("STATE FOR EUR", False), ("", False), ("(RASSENDYLL)", False)]
)
def test_a_line_of_known_codes_continues_the_tags(line: str, known: bool) -> None:
    assert only_known_codes(line, LEXICON) is known
