"""Names that run from right to left stand apart from the text around them."""

import pytest

from generator.render.text.markup import mark_text
from generator.render.text.right_to_left import find_right_to_left

YAACOV, MUHAMMAD = "\u05d9\u05e2\u05e7\u05d1", "\u0645\u062d\u0645\u062f"


@pytest.mark.parametrize(("text", "shown"), [
    ("It snowed.", "It snowed."),
    ("Caf\u00e9 \u0416\u0438\u0432\u043e", "Caf\u00e9 \u0416\u0438\u0432\u043e"),
    (f"{YAACOV}: 12", f"<bdi>{YAACOV}</bdi>: 12"),
    (f"({YAACOV} {MUHAMMAD}), 3 sheep", f"(<bdi>{YAACOV} {MUHAMMAD}</bdi>), 3 sheep"),
    (f"{YAACOV}-{MUHAMMAD}'s", f"<bdi>{YAACOV}-{MUHAMMAD}</bdi>'s"),
    (f"{YAACOV} AND {MUHAMMAD}", f"<bdi>{YAACOV}</bdi> AND <bdi>{MUHAMMAD}</bdi>"),
])  # fmt: skip
def test_a_name_is_an_element_of_its_own(text: str, shown: str) -> None:
    assert mark_text(text, find_right_to_left(text)) == shown
