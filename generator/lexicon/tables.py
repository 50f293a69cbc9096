"""Loads the tables that stand beside this module.

They are tab-separated text: one heading line, sorted by the first column unless the order means something
(levels, precedences), no quoting. To add a word, add a line.
"""

from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import cast

from generator.lexicon.lexicon import Abbreviation, Lexicon, Post, PostKind, TagKind, TagMeaning


@cache
def builtin_lexicon() -> Lexicon:
    """The lexicon that comes with the program."""
    return Lexicon(
        tags={tag.code: tag for tag in _tags()},
        posts={post.key: post for post in _posts()},
        post_aliases=_pairs("post_aliases.tsv"),
        earlier_posts=_pairs("earlier_posts.tsv"),
        abbreviations={
            term: Abbreviation(
                term=term,
                expansion=expansion,
                context=context,
                is_word="word" in note,
                is_known="known" in note,
            )
            for term, expansion, context, note in read_table("abbreviations.tsv")
        },
        captions=_pairs("captions.tsv"),
        handling=_pairs("handling.tsv"),
        classifications=_pairs("classifications.tsv"),
        precedences=_pairs("precedences.tsv"),
        executive_orders=_pairs("executive_orders.tsv"),
        declassification=_pairs("declassification.tsv"),
        reasons=_pairs("reasons.tsv"),
    )


def read_table(name: str) -> Iterator[list[str]]:
    """The rows of a table, its heading left out."""
    text = resources.files("generator.lexicon").joinpath(name).read_text(encoding="utf-8")
    for line in text.splitlines()[1:]:
        yield line.split("\t")


def _pairs(name: str) -> dict[str, str]:
    return {row[0]: row[1] for row in read_table(name)}


def _tags() -> Iterator[TagMeaning]:
    for code, kind, name, status in read_table("tags.tsv"):
        yield TagMeaning(
            code=code,
            kind=cast(TagKind, kind),
            name=name,
            historic="historic" in status,
            unsure="unsure" in status,
        )


def _posts() -> Iterator[Post]:
    for key, kind, name, country, routing, latitude, longitude in read_table("posts.tsv"):
        yield Post(
            key=key,
            kind=cast(PostKind, kind),
            name=name,
            country=country or None,
            routing=routing or None,
            latitude=float(latitude) if latitude else None,
            longitude=float(longitude) if longitude else None,
        )
