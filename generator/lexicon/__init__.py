"""What the words of telegrams mean: TAGS, posts, abbreviations, captions, levels."""

from generator.lexicon.lexicon import (
    Abbreviation,
    Lexicon,
    Post,
    PostKind,
    TagKind,
    TagMeaning,
    guess_tag_kind,
)
from generator.lexicon.tables import builtin_lexicon

__all__ = [
    "Abbreviation",
    "Lexicon",
    "Post",
    "PostKind",
    "TagKind",
    "TagMeaning",
    "builtin_lexicon",
    "guess_tag_kind",
]
