"""What the search finds, and what it says, asked in a browser: of a site over http and of one opened from disk."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route
from search.plain_index import PlainCable, count_of, plain_index
from search.search_sites import SMALL, ask, cable, fillers, in_order, made_site, served
from tabs import OpenTab

SALT, SNOW, WINE, SHEEP, TRADE, PEACE, OLD, LOST = (
    "08ASTANA2165",
    "08ASTANA2170",
    "08NEWYORK12",
    "09STRELSAU3",
    "08STRELSAU77",
    "78STRELSAU4",
    "66ZENDA1",
    "08ASTANA9",
)

CABLES = in_order([
    cable(
        SALT,
        "2008-11-03T08:56",
        "THE SALT ROAD",
        "SUMMARY: The Foreign Minister spoke about salt.",
        "Under E.O. 12958, 1.4(b), the U.S. and S/P wait. Salt, he said, is not snow.",
        head="AMBASSADOR HOAGLAND PGOV ETRD",
        tags=("PGOV", "ETRD"),
        level="SECRET",
        marks=("signer:hoagland", "has:refs", "class:noforn"),
        origin="Astana Kazakhstan",
    ),
    cable(
        SNOW,
        "2008-11-30T10:00",
        "SNOW ON THE PASS",
        "Snow fell. The Minister for Foreign trade negotiates.",
        "We met ▐███▌ today. Café Nazarbayev's",
        tags=("PREL",),
        level="TOP SECRET",
        origin="Astana Kazakhstan",
    ),
    cable(WINE, "2008-12-01T00:30", "Wine", "negotiations about wine", "they met today", tags=("ETRD",), origin="New York"),
    cable(SHEEP, "2009-01-15T12:00", "Sheep and salt", "salt salt salt sheep", tags=("PGOV", "MTCR-1"), level="SECRET"),
    cable(TRADE, "2008-06-05T12:00", "Trade", "Negotiating the salt road; about", "snow", head="salt"),
    cable(PEACE, "1978-05-05T12:00", "Peace", "A prime " + "word " * 40 + "minister", to="Secretary of Defense"),
    cable(OLD, "1966", "Old snow", "prime minister Путин 北京", address="cable/undated/66ZENDA1.html"),
    cable(LOST, "", "Lost", "salt without a date"),
    *fillers(80),
])  # fmt: skip

NAMES = {
    "tags": {"PGOV": "Internal Governmental Affairs", "ETRD": "Foreign Trade"},
    "posts": {
        "ASTANA": ["Embassy Astana", "Kazakhstan"],
        "NEWYORK": ["USUN New York", "United States"],
        "STRELSAU": ["Embassy Strelsau", "Ruritania"],
        "ZENDA": ["Consulate Zenda", "Ruritania"],
    },
    "levels": ["UNCLASSIFIED", "SECRET", "TOP SECRET"],
}

FILLERS = {cable.name for cable in CABLES if cable.post in ("FILLEN", "FALLEN")}
ALL = {cable.name for cable in CABLES}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_site(tmp_path_factory.mktemp("find"), CABLES, names=NAMES)


@pytest.fixture(scope="module", params=["http", "file"])
def page(request: pytest.FixtureRequest, browser: Browser, folder: Path) -> Iterator[Page]:
    page = browser.new_page()
    with served(folder) as address:
        page.goto(address if request.param == "http" else (folder / "index.html").as_uri())
        yield page
    page.close()


def names(answer: Any) -> list[str]:
    return [CABLES[number].name for number in answer["cables"]]


def kinds(answer: Any) -> list[str]:
    return [note["kind"] for note in answer["notes"]]


def texts(answer: Any) -> list[str]:
    return [note["text"] for note in answer["notes"]]


def test_the_small_archive_has_many_pieces_of_every_kind() -> None:
    counts = count_of(plain_index(CABLES, limits=SMALL))
    assert min(counts[kind] for kind in "words lists places lengths facets cables ids".split()) > 5


# What is found


@pytest.mark.parametrize(("query", "expected"), [
    # All words, anywhere in subject, text and head, in whatever letters
    ("salt", {SALT, SHEEP, TRADE, LOST}),
    ("SALT Road", {SALT, TRADE}),
    ("salt snow", {SALT, TRADE}),
    ("hoagland", {SALT}),
    ("café", {SNOW}),
    ("cafe", {SNOW}),
    ("путин 北京", {OLD}),
    ("2165", set()),  # an id is one word
    ("embassy salt", set()),
    ("reports", FILLERS),  # a word with pieces of its own
    ("12958", {SALT}),
    # The beginning of a word
    ("negotiat*", {SNOW, WINE, TRADE}),
    ("negotiat", set()),
    ("путин*", {OLD}),
    ("repor*", FILLERS),
    # An exact phrase: it does not reach from one paragraph into the next, nor across what was taken out
    ('"salt road"', {SALT, TRADE}),
    ('"Foreign Minister"', {SALT}),
    ('"prime minister"', {OLD}),
    ('"road about"', {TRADE}),
    ('"road summary"', set()),
    ('"we met"', {SNOW}),
    ('"met today"', {WINE}),
    ('"talks with officials"', {one.name for one in CABLES if "talks with officials" in one.blocks[0][0]}),
    ("“salt road”", {SALT, TRADE}),
    ('"salt"', {SALT, SHEEP, TRADE, LOST}),
    # What falls into several words is a phrase
    ("s/p", {SALT}),
    ("1.4(b)", {SALT}),
    ("U.S.", {SALT}),
    ("e.o.", {SALT}),
    ("nazarbayev's", {SNOW}),
    ("minister-foreign", set()),
    # Without
    ("salt -snow", {SHEEP, LOST}),
    ('salt -"salt road"', {SHEEP, LOST}),
    ("salt -tag:pgov", {TRADE, LOST}),
    ("salt -s/p", {SHEEP, TRADE, LOST}),
    ("salt -negotiat*", {SALT, SHEEP, LOST}),
    ("salt -2008-06", {SALT, SHEEP, LOST}),
    ("salt -nowhere", {SALT, SHEEP, TRADE, LOST}),
    # Either
    ("wine OR sheep", {WINE, SHEEP}),
    ("wine OR sheep salt", {SHEEP}),
    ("salt wine OR sheep", {SHEEP}),
    ("wine OR sheep OR hoagland", {WINE, SHEEP, SALT}),
    ('"prime minister" OR tag:prel', {OLD, SNOW}),
    ("wine OR nowhere", {WINE}),
    ("wine or sheep", set()),  # a word in small letters
    # Operators
    ("tag:PGOV", {SALT, SHEEP}),
    ("Tag:pgov", {SALT, SHEEP}),
    ("tag:mtcr-1", {SHEEP}),
    ('tag:"pgov etrd"', {SALT}),
    ("tag:e*", {SALT, WINE}),
    ("from:astana", {SALT, SNOW, LOST}),
    ("from:Kazakhstan", {SALT, SNOW}),
    ('from:"new york"', {WINE}),
    ("to:defense", {PEACE}),
    ('to:"secretary of defense"', {PEACE}),
    ("signer:Hoagland", {SALT}),
    ("class:secret", {SALT, SHEEP}),
    ('class:"top secret"', {SNOW}),
    ("class:noforn", {SALT}),
    ("has:refs", {SALT}),
    ("tag:pgov class:secret salt 2009", set()),  # a year alone is a word
    ("tag:pgov class:secret salt date:2009", {SHEEP}),
    ("pgov", {SALT}),  # a mark is no word
    # Dates: a day, a month, a year, from one to another
    ("2008-11", {SALT, SNOW}),
    ("2008-11-03", {SALT}),
    ("date:2008-11-30", {SNOW}),
    ("2008-12", {WINE}),
    ("date:2009", {SHEEP}),
    ("date:2008", {SALT, SNOW, WINE, TRADE}),
    ("2008..2009", {SALT, SNOW, WINE, TRADE, SHEEP}),
    ("2008..", {SALT, SNOW, WINE, TRADE, SHEEP}),
    ("..1978", {PEACE, OLD}),
    ("date:..1978-05-04", {OLD}),
    ("2008-11-30..2009-01-14", {SNOW, WINE}),
    ("salt 2008-05..2008-11", {SALT, TRADE}),
    ("2004..2007", FILLERS),
    ("1066..1789", set()),
    # Pages with markup in them
    ("<b>salt</b>", set()),
])  # fmt: skip
def test_a_query_finds(page: Page, query: str, expected: set[str]) -> None:
    for plain in (False, True):
        assert set(names(ask(page, query, plain=plain))) == expected


@pytest.mark.parametrize(("query", "expected"), [
    ("neg", {SNOW, WINE, TRADE}),
    ("salt neg", {TRADE}),
    ("ne", set()),  # too short to say anything
    ("neg ", set()),  # no longer typed
    ("neg salt", set()),
    ('"salt ro', set()),
])  # fmt: skip
def test_the_word_that_is_typed_is_a_beginning(page: Page, query: str, expected: set[str]) -> None:
    assert set(names(ask(page, query, isTyping=True))) == expected


def test_a_word_that_is_typed_and_missing_is_named(page: Page) -> None:
    (note,) = ask(page, "qqqq", isTyping=True)["notes"]
    assert (note["kind"], note["word"], note["nearest"]) == ("missing", "qqqq", [])


# In which order


@pytest.mark.parametrize(("query", "order", "expected"), [
    ("salt", "newest", [SHEEP, SALT, TRADE, LOST]),
    ("salt", "oldest", [TRADE, SALT, SHEEP, LOST]),
    ("salt", "relevance", [SHEEP, SALT, TRADE, LOST]),  # in the subject; how often
    ("2008-11..2009", "relevance", [SHEEP, WINE, SNOW, SALT]),  # nothing to weigh: the newest first
    ("prime minister", "relevance", [OLD, PEACE]),  # close together
])  # fmt: skip
def test_cables_stand_in_order(page: Page, query: str, order: str, expected: list[str]) -> None:
    assert names(ask(page, query, order=order)) == expected


# What is to be marked in the passages


@pytest.mark.parametrize(("query", "words", "phrases"), [
    ("Salt -snow tag:pgov 2008-11", ["salt"], []),
    ("negotiat* OR wine", [{"prefix": "negotiat"}, "wine"], []),
    ('"salt road" s/p', [], [["salt", "road"], ["s", "p"]]),
])  # fmt: skip
def test_an_answer_says_what_to_mark(
    page: Page, query: str, words: list[object], phrases: list[object]
) -> None:
    answer = ask(page, query)
    assert (answer["words"], answer["phrases"]) == (words, phrases)


# What is said


@pytest.mark.parametrize(("query", "expected"), [
    ("salt", []),
    ("wine:salt", ["There is no operator wine:; wine and salt were searched as words."]),
    ("salt tag:", ["Nothing stands behind tag: so it was searched as a word.", "tag is in no cable of this archive."]),
    ("slat", ["slat is in no cable of this archive. Near it: salt."]),
    ("hoaglund", ["hoaglund is in no cable of this archive. Near it: hoagland."]),
    ("ohagland", ["ohagland is in no cable of this archive. Near it: hoagland."]),
    ("xhoagland", ["xhoagland is in no cable of this archive. Near it: hoagland."]),
    ("tag:pgvo", ["tag:pgvo is in no cable of this archive. Near it: tag:pgov."]),
    ("salt -nowhere", ["nowhere is in no cable of this archive. There was nothing to exclude."]),
    ("qqq*", ["No word of the archive begins with qqq."]),
    ('wine "salt road', ["A quotation mark is not closed: “salt road” was searched as a phrase."]),
    ("salt & snow", ["“&” holds no letters or digits and was left out."]),
    ("salt 2008-13", [
        "“2008-13” is no date, as 2008, 2008-11, 2008-11-03 or 2007..2009 are; it was searched as words.",
        "2008 is in no cable of this archive.",
        "13 is in no cable of this archive.",
    ]),
    ("salt date:monday", ["“monday” is no date, as 2008, 2008-11, 2008-11-03 or 2007..2009 are."]),
    ("salt date:2008-02-30", ["“2008-02-30” is no date, as 2008, 2008-11, 2008-11-03 or 2007..2009 are."]),
    ("salt date:2009..2007", ["“2009..2007” is no date, as 2008, 2008-11, 2008-11-03 or 2007..2009 are."]),
    ("-salt", ["Only what is excluded was named: a word to look for is needed too."]),
    ("", ["There is nothing to search for."]),
    ('"', ["A quotation mark is not closed: “” was searched as a phrase.", "“\"” holds no letters or digits and was left out.", "There is nothing to search for."]),
    ("wine OR", ["OR joins what stands on both sides of it; here it was searched as a word.", "or is in no cable of this archive."]),
    ("wine AND negotiations", ["All words are looked for anyway: AND was left out."]),
    ("wine OR -salt", ["OR cannot join what is excluded: each stands by itself."]),
    ("sa*t", ["In “sa*t” * was left out: it stands for letters at the end of a word only.", "sa is in no cable of this archive.", "t is in no cable of this archive."]),
])  # fmt: skip
def test_the_reader_is_told(page: Page, query: str, expected: list[str]) -> None:
    said = texts(ask(page, query))
    assert [text for text in said if not re.match("(sa|t|or|tag|13) is in no", text)] == [
        text for text in expected if not re.match("(sa|t|or|tag|13) is in no", text)
    ]


@pytest.mark.parametrize("query", [
    "a" * 2_000,
    '"' * 2_001,
    "tag: " * 500,
    "-" * 2_000,
    "* " * 1_000,
    "(" * 2_000,
    ":" * 2_000,
    "a:" * 1_000,
    "OR " * 700,
    "-OR " * 500,
    ".." * 1_000,
    "<script>alert(1)</script>",
    "salt " * 3_000,
    " ".join(f"word{number}" for number in range(5_000)),
    "s/p/" * 1_000,
    '"' + "salt road " * 400 + '"',
    "2008..2009 " * 300,
    "\x00\ud800 \udc00",
    "constructor __proto__ toString:valueOf",
    "from:" + "a/" * 1_000,
    "💥" * 1_000,
])  # fmt: skip
def test_whatever_is_typed_is_answered(page: Page, query: str) -> None:
    answer = ask(page, query)
    assert answer["isWhole"]
    assert set(names(answer)) <= ALL
    if len(query) > 2_100:
        assert "cut" in kinds(answer)
    assert len(answer["notes"]) < 100
    assert all(len(text) < 1_000 for text in texts(answer))


def test_what_was_cut_from_a_query_is_named(page: Page) -> None:
    query = " ".join(["salt"] * 32 + ["sheep", "wine"])
    assert texts(ask(page, query)) == ["Only the first 32 words were searched, nothing from “sheep wine” on."]


# What is told of cables


def test_cables_are_told(page: Page) -> None:
    numbers = [number for name in (SALT, OLD, LOST) for number, one in enumerate(CABLES) if one.name == name]
    assert page.evaluate("(numbers) => cablepress.open('.').cables(numbers)", [*numbers, 9999]) == [
        {
            "name": SALT,
            "subject": "THE SALT ROAD",
            "date": "2008-11-03T08:56",
            "post": "ASTANA",
            "level": "SECRET",
            "address": "cable/2008/11/08ASTANA2165.html",
        },
        {
            "name": OLD,
            "subject": "Old snow",
            "date": "1966",
            "post": "ZENDA",
            "level": "UNCLASSIFIED",
            "address": "cable/undated/66ZENDA1.html",
        },
        {
            "name": LOST,
            "subject": "Lost",
            "date": "",
            "post": "ASTANA",
            "level": "UNCLASSIFIED",
            "address": "cable/undated/08ASTANA9.html",
        },
        None,
    ]


def test_cables_are_counted(page: Page) -> None:
    counting = "async () => { const finder = cablepress.open('.'); return finder.facets((await finder.search('salt')).cables); }"
    assert page.evaluate(counting) == {
        "years": [["", 1], ["2008", 2], ["2009", 1]],
        "tags": [
            ["PGOV", "Internal Governmental Affairs", 2],
            ["ETRD", "Foreign Trade", 1],
            ["MTCR-1", "", 1],
        ],
        "posts": [
            ["ASTANA", "Embassy Astana", "Kazakhstan", 2],
            ["STRELSAU", "Embassy Strelsau", "Ruritania", 2],
        ],
        "countries": [["Kazakhstan", 2], ["Ruritania", 2]],
        "levels": [["SECRET", 2], ["UNCLASSIFIED", 2]],
        "notes": [],
    }


@pytest.mark.parametrize(("begin", "expected"), [
    ("nego", [("negotiates", 1), ("negotiating", 1), ("negotiations", 1)]),
    ("sa", [("salt", 4), ("said", 1)]),
    ("TAL", [("talks", 80)]),
    ("ta", [("talks", 80)]),  # marks are no words
    ("qq", []),
    ("two words", []),
    ("", []),
])  # fmt: skip
def test_a_word_is_completed(page: Page, begin: str, expected: list[tuple[str, int]]) -> None:
    words = page.evaluate("(word) => cablepress.open('.').complete(word)", begin)
    assert [(one["word"], one["count"]) for one in words] == expected


# Ids


@pytest.mark.parametrize(("written", "expected"), [
    ("08ASTANA2165", [SALT]),
    ("08 astana 2165", [SALT]),
    ("2008 ASTANA 002165", [SALT]),
    ("ASTANA 002165", [SALT]),
    ("astana2165", [SALT]),
    ("08-ASTANA-2165", [SALT]),
    (" 08 ASTANA 2165 ", [SALT]),
    ("\uff10\uff18\uff21\uff33\uff34\uff21\uff2e\uff21\uff12\uff11\uff16\uff15", [SALT]),
    ("08 NEW YORK 12", [WINE]),
    ("New York 12", [WINE]),
    ("cable/2008/11/08ASTANA2165.html", [SALT]),
    ("https://example.org/cables/cable/2008/11/08astana2165.html#par3", [SALT]),
    ("cable/2008/11/08ASTANA2165-0a1b2c.html", [SALT]),
    ("66ZENDA1", [OLD]),
])  # fmt: skip
def test_an_id_is_looked_up(page: Page, written: str, expected: list[str]) -> None:
    found = page.evaluate("(text) => cablepress.open('.').lookUp(text)", written)
    assert [one["id"] for one in found["ids"]] == expected
    assert found["nearest"] == []


def test_an_id_comes_with_its_address(page: Page) -> None:
    looking = "(text) => cablepress.open('.').lookUp(text)"
    assert page.evaluate(looking, SALT)["ids"] == [{"id": SALT, "address": "cable/2008/11/08ASTANA2165.html"}]
    assert page.evaluate(looking, OLD)["ids"] == [{"id": OLD, "address": "cable/undated/66ZENDA1.html"}]


@pytest.mark.parametrize(("written", "expected"), [
    ("08ASTANA2166", SALT),  # a serial near it
    ("07ASTANA2165", SALT),  # another year
    ("08ASTANNA2165", SALT),  # the post a letter off
    ("08ATSANA2165", SALT),
    ("08 NEW YROK 12", WINE),
])  # fmt: skip
def test_what_an_id_may_have_been_is_told(page: Page, written: str, expected: str) -> None:
    found = page.evaluate("(text) => cablepress.open('.').lookUp(text)", written)
    assert found["ids"] == []
    assert found["nearest"][0]["id"] == expected
    assert len(found["nearest"]) <= 5


@pytest.mark.parametrize(
    "text",
    ["", "salt", "salt road", "2008", "2008-11-03", "08ASTANA", "ASTANA 0", "x" * 500, "s/p", "1.4(b)"],
)
def test_other_text_is_no_id(page: Page, text: str) -> None:
    assert page.evaluate("(text) => cablepress.open('.').lookUp(text)", text) is None


def test_an_id_costs_two_pieces(page: Page, tab: OpenTab, folder: Path) -> None:
    asked = []
    with served(folder) as address:
        other = tab()
        other.on("request", lambda request: asked.append(request.url.rpartition("/search/")[2]))
        other.goto(address)
        other.evaluate("cablepress.open('.').lookUp('08ASTANA2165')")
    assert [name.partition("/")[0] for name in asked if "http" not in name] == ["start.js", "ids"]


# Archives of another kind


@pytest.mark.parametrize(
    ("cables", "query"),
    [
        ([], "salt"),
        ([], "salt -snow 2008-11"),
        ([], 'sal* "a b" tag:x'),
        ([cable("08ASTANA1", "", "")], "salt"),
    ],
)
def test_an_empty_archive_has_nothing(
    tab: OpenTab, tmp_path: Path, cables: list[PlainCable], query: str
) -> None:
    page = tab()
    page.goto((made_site(tmp_path, cables) / "index.html").as_uri())
    assert ask(page, query)["cables"] == []
    assert page.evaluate("cablepress.open('.').cables([0, 5])")[1] is None
    assert page.evaluate("cablepress.open('.').complete('sa')") == []
    assert page.evaluate("cablepress.open('.').facets([])")["years"] == []


def test_without_places_a_phrase_is_all_its_words(tab: OpenTab, tmp_path: Path) -> None:
    page = tab()
    page.goto((made_site(tmp_path, CABLES, positions=False) / "index.html").as_uri())
    answer = ask(page, '"minister foreign"')
    assert set(names(answer)) == {SALT, SNOW}
    assert texts(answer) == [
        "This index keeps no places: the words of “minister foreign” were searched wherever they stand."
    ]


# Pieces that do not come


@pytest.fixture
def broken(tab: OpenTab, folder: Path) -> Iterator[tuple[Page, dict[str, str | None]]]:
    """A page, and what it gets in the place of pieces: None for none at all."""
    instead: dict[str, str | None] = {}

    def answer(route: Route) -> None:
        name = route.request.url.rpartition("/search/")[2].removesuffix(".js")
        kind = name.partition("/")[0]
        if name not in instead and kind not in instead:
            route.continue_()
        elif (text := instead.get(name, instead.get(kind))) is None:
            route.fulfill(status=404)
        else:
            route.fulfill(body=text, content_type="text/javascript")

    page = tab()
    page.route("**/search/**", answer)
    with served(folder) as address:
        page.goto(address)
        yield page, instead


CUT = 'cablepress.piece("words/'


@pytest.mark.parametrize("text", [None, "", CUT, 'cablepress.piece("another", 1);', "<!doctype html>"])
@pytest.mark.parametrize(("piece", "query", "rest"), [
    ("words", "salt", set()),
    ("start", "salt", set()),
    ("lengths", "salt", {SALT, SHEEP, TRADE, LOST}),
    ("facets", "salt 2008..", {SALT, SHEEP, TRADE}),
    ("lists", "wine OR embassy", {WINE}),
    ("places", 'wine OR "talks with"', {WINE}),
    ("lists", "salt -embassy", {SALT, SHEEP, TRADE, LOST}),
])  # fmt: skip
def test_without_a_piece_the_rest_is_found(
    broken: tuple[Page, dict[str, str | None]], piece: str, query: str, rest: set[str], text: str | None
) -> None:
    page, instead = broken
    instead[piece] = text
    answer = ask(page, query)
    assert set(names(answer)) == rest
    unread = [note for note in answer["notes"] if note["kind"] == "unread"]
    assert bool(unread) is (piece != "facets")  # a span that lies inside the dates needs none
    effect = "these results may lack some cables" if rest else "nothing can be searched"
    assert all(
        re.match(
            rf"A part of the index \({note['piece']}\) could not be read; ({effect}|these)", note["text"]
        )
        for note in unread
    )


@pytest.mark.parametrize("values", ['"salt", "!"', '"salt", "BQ=="', "", "null, null", '"salt"'])
def test_a_spoilt_piece_is_one_that_is_missing(
    broken: tuple[Page, dict[str, str | None]], values: str
) -> None:
    page, instead = broken
    index = plain_index(CABLES, limits=SMALL)
    for name in index:
        if name.startswith("words/"):
            instead[name] = f'cablepress.piece("{name}"{"," if values else ""}{values});'
    assert kinds(ask(page, "salt")) == ["unread"]


def test_spoilt_blocks_are_as_if_missing(broken: tuple[Page, dict[str, str | None]]) -> None:
    page, instead = broken
    for name, text in plain_index(CABLES, limits=SMALL).items():
        if name.startswith(("lists/", "places/")):
            instead[name] = re.sub(
                r'"[\w+/=]+"\);', lambda found: '"' + "A" * (len(found[0]) // 8 * 4) + '");', text
            )
    for query in ("embassy", '"talks with"', "embassy OR wine"):
        answer = ask(page, query)
        assert answer["isWhole"]
        assert set(names(answer)) <= {WINE} | FILLERS


def test_a_piece_that_failed_is_asked_for_again(broken: tuple[Page, dict[str, str | None]]) -> None:
    page, instead = broken
    page.evaluate("void (window.finder = cablepress.open('.'))")
    instead["words"] = None
    assert kinds(page.evaluate("finder.search('salt')")) == ["unread"]
    instead.clear()
    assert page.evaluate("finder.search('salt')")["notes"] == []


def test_a_piece_that_never_comes_is_missing_after_a_while(browser: Browser, folder: Path) -> None:
    page = browser.new_page()
    page.clock.install()
    page.route("**/search/lengths/**", lambda route: None)
    with served(folder) as address:
        page.goto(address)
        page.evaluate(
            "void cablepress.open('.').search('salt').then((answer) => (globalThis.answer = answer))"
        )
        # Six are asked for at once, and others once these were given up.
        for _ in range(5_000):
            on_their_way = page.evaluate(
                "Array.from(document.querySelectorAll('head > script[src*=\"/search/\"]'), (one) => one.src)"
            )
            if on_their_way and all("/lengths/" in url for url in on_their_way):
                page.clock.fast_forward(21_000)
            elif page.evaluate("'answer' in globalThis"):
                break
        answer = page.evaluate("answer")
    assert set(names(answer)) == {SALT, SHEEP, TRADE, LOST}
    assert set(kinds(answer)) == {"unread"}
    page.close()


def test_counts_and_ids_come_without_their_pieces_too(broken: tuple[Page, dict[str, str | None]]) -> None:
    page, instead = broken
    instead |= {"names": None, "cables": None, "ids": None}
    assert page.evaluate("cablepress.open('.').cables([0])") == [None]
    known = page.evaluate("cablepress.open('.').lookUp('08ASTANA2165')")
    assert known["ids"] == known["nearest"] == []
    assert {note["kind"] for note in known["notes"]} == {"unread"}
    counts = page.evaluate("cablepress.open('.').facets([0])")
    assert sum(count for _, count in counts["years"]) == 1
    instead["facets"] = None
    assert [note["kind"] for note in page.evaluate("cablepress.open('.').facets([0])")["notes"]] == [
        "unread",
        "unread",
    ]


# On the way


def test_progress_is_told_until_all_is_known(page: Page) -> None:
    told, answer = page.evaluate("""async () => {
      const told = [];
      const answer = await cablepress.open('.').search('embassy talks', { onProgress: (answer) => told.push(answer) });
      return [told, answer];
    }""")
    assert answer["isWhole"]
    assert told
    for earlier, later in zip(told, [*told[1:], answer], strict=True):
        assert not earlier["isWhole"]
        assert set(earlier["cables"]) <= set(later["cables"])


@pytest.fixture(scope="module")
def larger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site whose frequent words have many pieces."""
    return made_site(tmp_path_factory.mktemp("larger"), in_order([*CABLES, *fillers(400, seed=3)]))


def test_only_such_parts_of_lists_are_asked_for_as_can_matter(tab: OpenTab, larger: Path) -> None:
    page = tab()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    def asked_for(query: str) -> int:
        asked.clear()
        with served(larger) as address:
            page.goto(address)
            ask(page, query)
        return sum("/lists/" in url or "/places/" in url for url in asked)

    everywhere = asked_for('"embassy reports"')
    assert everywhere > 10
    assert asked_for('"embassy reports" 2006-01..2006-03') < everywhere / 2
    assert asked_for('"embassy reports" hoagland') <= 2
    assert asked_for("embassy 2006-01..2006-03") < asked_for("embassy")


def test_a_search_that_is_called_off_asks_for_no_more(tab: OpenTab, larger: Path) -> None:
    page = tab()
    asked: list[Route] = []
    page.route("**/search/lists/**", lambda route: asked.append(route))
    page.goto((larger / "index.html").as_uri())
    page.evaluate("""() => {
      window.control = new AbortController();
      window.finder = cablepress.open('.');
      window.ending = finder.search('embassy OR talks OR reports OR officials OR went OR that OR with', { signal: control.signal }).catch((error) => error.name);
    }""")
    page.wait_for_function("document.querySelectorAll('script[src*=lists]').length === 6")
    page.evaluate("control.abort()")
    assert page.evaluate("ending") == "AbortError"
    for route in asked:
        route.continue_()
    assert page.evaluate("finder.search('salt').then((answer) => answer.cables.length)") == 4
    assert len(asked) == 6


@pytest.mark.parametrize(
    "call",
    [
        "search('salt', { signal })",
        "cables([0], signal)",
        "facets([0], signal)",
        "lookUp('08ASTANA2165', { signal })",
        "complete('sa', signal)",
    ],
)
def test_what_is_called_off_before_it_began_asks_for_nothing(page: Page, call: str) -> None:
    calling = f"""async () => {{
      const signal = AbortSignal.abort();
      const finder = cablepress.open('.');
      try {{ await finder.{call}; }} catch (error) {{ return [error.name, document.querySelectorAll('head > script').length]; }}
    }}"""
    assert page.evaluate(calling) == ["AbortError", 2]


def test_nothing_of_it_stays_in_the_page(page: Page) -> None:
    ask(page, "embassy salt* -wine 2008-11")
    page.wait_for_function("document.scripts.length === 2")
