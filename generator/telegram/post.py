"""Which post a name means: its key, whether the key is known, and the key that a misspelled one stands for.

The look-ups are kept, since an archive names the same few hundred posts over and over.
"""

from functools import lru_cache

from generator.lexicon import Lexicon
from generator.telegram.spelling import KnownWords

# A key of five letters may be one letter off, one of eleven letters two, and its first letter is right: posts that no
# table has are as near to others as that, MOLDOVIA to MONROVIA, and another cable's id is worse than none.
_ONE_OFF = 5
_TWO_OFF = 11
_LONGEST = 24  # of the longest known key, with some room


@lru_cache(maxsize=4096)
def post_key(name: str, lexicon: Lexicon) -> str:
    """The key under which a post is filed: 'AMEMBASSY PORT TARLENHEIM' is PORTTARLENHEIM."""
    return lexicon.post_key(name)


@lru_cache(maxsize=4096)
def other_post_key(key: str, lexicon: Lexicon) -> str | None:
    """The key that a post had earlier or has had since; None where it has always had one."""
    return lexicon.other_post_key(key)


def is_known_post(key: str, lexicon: Lexicon) -> bool:
    """Whether the lexicon has a post of that key, now or in former years."""
    return key in lexicon.posts or key in lexicon.earlier_posts


@lru_cache(maxsize=4096)
def mended_key(key: str, lexicon: Lexicon) -> str | None:
    """The one known key that an unknown one misspells: ASTANNA is ASTANA.

    None for a known key, a short one, and one that could be several.
    """
    if is_known_post(key, lexicon) or not _ONE_OFF <= len(key) <= _LONGEST:
        return None
    near = _known(lexicon, 1).near(key)
    if not near and len(key) >= _TWO_OFF:
        near = _known(lexicon, 2).near(key)
    return near[0] if len(near) == 1 and near[0][0] == key[0] else None


@lru_cache(maxsize=8)
def _known(lexicon: Lexicon, most: int) -> KnownWords:
    return KnownWords({*lexicon.posts, *lexicon.earlier_posts}, most)
