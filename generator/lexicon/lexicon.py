"""The lexicon as a value: look-ups by code, key or word.

It is immutable; a project's own words make a new lexicon on top of the built-in one. TAGS geography looks
like ISO 3166 and is not: AU is Austria, CH China.

Sources: 5 FAH-3, the TAGS handbook, for subjects, and published cables for the other TAGS and for what the
1970s used; allied routing lists and the headers of published cables (about 2005 to 2010) for posts; 5 FAH-1
H-240 and 5 FAH-2 for levels, handling words, captions and precedences; published cables for abbreviations; the
Executive Orders 10501 to 13526 for themselves, the codes in place of a date, and reasons.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

TagKind = Literal["geographic", "subject", "organization", "program"]
PostKind = Literal["embassy", "consulate", "mission", "department", "other"]

# What stands before the name of a post in a PLAD.
_PREFIX = re.compile(
    r"\A(?:AMEMBASSY|AMCONSUL|AMCONGEN|USMISSION|USINT|USLO|USOFFICE|USDEL|EMBASSY|CONSULATE)\s+(?=\S)"
)
_NOT_A_LETTER = re.compile(r"[^A-Z]+")

_SUBJECT_CODE = re.compile(r"[A-Z]{4}")
_COUNTRY_CODE = re.compile(r"[A-Z]{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class TagMeaning:
    """What a TAGS code stands for."""

    code: str
    kind: TagKind
    name: str  # 'Internal Governmental Affairs'
    historic: bool = False  # no longer in use by 2010
    unsure: bool = False  # the meaning could not be confirmed


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A place from which telegrams are sent."""

    key: str  # as in reference ids, 'PORTAUPRINCE'
    kind: PostKind
    name: str  # 'Embassy Port-au-Prince'
    country: str | None = None  # geographic TAGS code
    routing: str | None = None  # routing indicator
    latitude: float | None = None  # decimal degrees
    longitude: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Abbreviation:
    """A short form met in telegrams."""

    term: str  # 'POLOFF'
    expansion: str  # 'political officer'
    context: str  # the field it belongs to, 'title'
    is_word: bool = (
        False  # also a word, or too short: in a text of capitals it may mean something else, as WHO does
    )
    is_known: bool = False  # every newspaper uses it, as UN


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lexicon:
    """Everything the program knows about words; compared and hashed by identity."""

    tags: Mapping[str, TagMeaning]
    posts: Mapping[str, Post]
    post_aliases: Mapping[str, str]  # 'SECSTATE' -> 'STATE'; other spellings of one key
    earlier_posts: Mapping[str, str]  # 'KIEV' -> 'KYIV'; a post's key in former years -> its later one
    abbreviations: Mapping[str, Abbreviation]
    captions: Mapping[str, str]  # 'SIPDIS' -> what it means, one sentence
    handling: Mapping[str, str]  # 'NOFORN' -> ...
    classifications: Mapping[str, str]  # in order, lowest first
    precedences: Mapping[str, str]  # in order, most urgent first
    executive_orders: Mapping[str, str]  # '12958' -> when it was in force, and what it said
    declassification: Mapping[str, str]  # 'OADR' -> what it says of the end of a classification
    reasons: Mapping[str, str]  # '1.4(b)' -> ...

    def post_key(self, name: str) -> str:
        """The key under which a post is filed: 'AMEMBASSY PORT TARLENHEIM' is PORTTARLENHEIM.

        Never fails; a name without letters gives ''.
        """
        upper = name.upper().strip()
        key = _NOT_A_LETTER.sub("", _PREFIX.sub("", upper))
        return self.post_aliases.get(key, key)

    def post_name(self, key: str) -> str:
        """What a post is called, 'Embassy Astana'; the key itself for an unknown one."""
        post = self.posts.get(key)
        return post.name if post else key

    def other_post_key(self, key: str) -> str | None:
        """The key that a post had earlier or has had since; None where it has always had one."""
        if key in self.earlier_posts:
            return self.earlier_posts[key]
        return next((earlier for earlier, later in self.earlier_posts.items() if later == key), None)

    def tag_name(self, code: str) -> str | None:
        """What a TAGS code stands for; None for an unknown one."""
        tag = self.tags.get(code)
        return tag.name if tag else None

    def with_additions(
        self,
        *,
        tags: Iterable[TagMeaning] = (),
        posts: Iterable[Post] = (),
        abbreviations: Iterable[Abbreviation] = (),
    ) -> "Lexicon":
        """A lexicon that knows these words too; they win over words of the same code, key or term."""
        return replace(
            self,
            tags={**self.tags, **{tag.code: tag for tag in tags}},
            posts={**self.posts, **{post.key: post for post in posts}},
            abbreviations={**self.abbreviations, **{word.term: word for word in abbreviations}},
        )


def guess_tag_kind(code: str) -> TagKind:
    """The kind of a code by its shape alone, for codes that no table has.

    Two letters are a country, K and three letters a program, other four letters a subject, the rest an
    organization. Source: 5 FAH-3.
    """
    if _COUNTRY_CODE.fullmatch(code):
        return "geographic"
    if _SUBJECT_CODE.fullmatch(code):
        return "program" if code[0] == "K" else "subject"
    return "organization"
