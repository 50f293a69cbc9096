import pytest
from case_files import Case, read_cases

from generator.lexicon import builtin_lexicon
from generator.telegram.signature import find_signature

LEXICON = builtin_lexicon()


def show(case: Case) -> list[str]:
    """Who signed the text, and what stands before the name on its line."""
    found = find_signature(case.lines, 0, LEXICON)
    before = [f"before: {found.text_before}"] if found.text_before else []
    return [f"signer: {found.signer or 'nobody'}", *before]


@pytest.mark.parametrize("case", read_cases("signature"))
def test_signature(case: Case) -> None:
    assert show(case) == list(case.expected)
