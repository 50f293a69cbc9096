import pytest
from case_files import Case, read_cases

from generator.lexicon import builtin_lexicon
from generator.telegram.captions import parse_caption_line

LEXICON = builtin_lexicon()


def show(case: Case) -> list[str]:
    """What each line of the caption block holds."""
    shown: list[str] = []
    for text in case.lines:
        line = parse_caption_line(text, LEXICON)
        if line is None:
            shown.append("neither")
        elif line.kind == "attention":
            shown.append("passing line")
        else:
            words = [
                *(f"caption {word}" for word in line.captions),
                *(f"handling {word}" for word in line.handling),
            ]
            shown.append(", ".join(words) + ("" if line.is_known else " (unknown)"))
    return shown


@pytest.mark.parametrize("case", read_cases("captions"))
def test_captions(case: Case) -> None:
    assert show(case) == list(case.expected)
