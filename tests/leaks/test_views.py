"""A view of a text is made at once; that is the same as making its edits one after the other, by which it tells places."""

from hypothesis import example, given
from hypothesis import strategies as st

from generator.leaks.folding import Places, squeeze, squeeze_with_places
from generator.leaks.views import View, views

PIECES = (
    "<b>", "</B>", "<div class=a>", "<p title='", ">", "<", "<!--", "-->", "<![CDATA[", "]]>", "<!doctype html>", "<?xml ?>",
    "&amp;", "&lt;b&gt;", "&#82;", "&#x1F600;", "&nosuch;", "&", "\\u0052", "\\ud83d\\ude00", "\\x52", "\\u{52}", "\\u{110000}",
    "\\n", "\\", "%41", "%C3%BC", "%", "_2C_20", "_", "Rosa", "\u00fc", "u\u0308", "\u00df", "\ufb01", " ", "\n", "\x01", "\x02",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


def edited(view: View) -> str:
    """A view as its edits make it of the earlier one."""
    assert view.earlier is not None
    assert view.edits is not None
    text, at, pieces = view.earlier.text, 0, []
    for start, end, instead in view.edits(text):
        pieces += [text[at:start], instead]
        at = end
    return "".join([*pieces, text[at:]])


@given(TEXTS, st.booleans())
@example("<p title=']]>Rosa'>]]>", True)
def test_a_view_is_what_its_edits_make_of_the_earlier_one(text: str, at_start: bool) -> None:
    for view in views(text, at_start=at_start):
        while view.earlier is not None:
            assert view.text == edited(view)
            view = view.earlier
        assert view.text == text


@given(TEXTS.map(lambda text: text * 9), st.integers(0, 600), st.integers(1, 600))
def test_letters_are_placed_in_a_long_text_as_in_a_short_one(text: str, start: int, length: int) -> None:
    squeezed, places = squeeze_with_places(text)
    assert squeezed == squeeze(text)
    end = min(start + length, len(squeezed))
    if start < end:
        assert Places(text).spot(start, end) == places[start:end]
