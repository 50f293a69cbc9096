"""Citations in prose: the rules of each style, and what they do where a telegram lacks something."""

import msgspec
import pytest
from citing_tools import NOWHERE, SITE, citation_of
from site_tools import telegram

from generator.render.citing.citation import Citation
from generator.render.citing.prose import Prose

CABLE = Citation(
    key="08ASTANA2165",
    genre="Telegram",
    number="08ASTANA2165",
    title="THE SALT ROAD",
    has_subject=True,
    sender="Embassy Astana",
    recipients=("Secretary of State",),
    other_recipients=0,
    date=(2008, 11, 3),
    machine_date="2008-11-03",
    tags=(),
    archive="The Ruritania Cables",
    url="https://cables.example/cable/2008/11/08ASTANA2165.html",
)
URL = CABLE.url


def but(**changes: object) -> Citation:
    return msgspec.structs.replace(CABLE, **changes)


@pytest.mark.parametrize(("style", "citation"), [
    ("chicago_note", f"Embassy Astana to Secretary of State, telegram 08ASTANA2165, “THE SALT ROAD,” 3 November 2008, {URL}."),
    ("chicago_bibliography", f"Embassy Astana. “THE SALT ROAD.” Telegram 08ASTANA2165 to Secretary of State, 3 November 2008. {URL}."),
    ("mla", f"Embassy Astana. “THE SALT ROAD.” Telegram 08ASTANA2165 to Secretary of State, 3 Nov. 2008. The Ruritania Cables, {URL}."),
    ("apa", f"Embassy Astana. (2008, November 3). THE SALT ROAD (Telegram 08ASTANA2165 to Secretary of State). The Ruritania Cables. {URL}"),
])  # fmt: skip
def test_each_style_has_its_order(style: str, citation: str) -> None:
    assert getattr(Prose(CABLE), style)() == citation


@pytest.mark.parametrize(("style", "citation"), [
    ("chicago_note", f"Embassy Astana to Secretary of State, telegram 08ASTANA2165, “THE SALT ROAD,” 3 November 2008, par. 7, {URL}#par7."),
    ("chicago_bibliography", f"Embassy Astana. “THE SALT ROAD.” Telegram 08ASTANA2165 to Secretary of State, 3 November 2008, par. 7. {URL}#par7."),
    ("mla", f"Embassy Astana. “THE SALT ROAD.” Telegram 08ASTANA2165 to Secretary of State, 3 Nov. 2008, par. 7. The Ruritania Cables, {URL}#par7."),
    ("apa", f"Embassy Astana. (2008, November 3). THE SALT ROAD (Telegram 08ASTANA2165 to Secretary of State, para. 7). The Ruritania Cables. {URL}#par7"),
])  # fmt: skip
def test_a_paragraph_is_cited_by_its_number_and_its_own_address(style: str, citation: str) -> None:
    assert getattr(Prose(CABLE, "7"), style)() == citation


def test_a_second_paragraph_of_a_number_has_its_address_and_the_number() -> None:
    assert Prose(CABLE, "7-2").chicago_note().endswith(f", par. 7, {URL}#par7-2.")


@pytest.mark.parametrize(("style", "citation"), [
    ("chicago_note", "Embassy Astana to Secretary of State, telegram 08ASTANA2165, “THE SALT ROAD,” 3 November 2008, The Ruritania Cables."),
    ("chicago_bibliography", "Embassy Astana. “THE SALT ROAD.” Telegram 08ASTANA2165 to Secretary of State, 3 November 2008. The Ruritania Cables."),
    ("mla", "Embassy Astana. “THE SALT ROAD.” Telegram 08ASTANA2165 to Secretary of State, 3 Nov. 2008. The Ruritania Cables."),
    ("apa", "Embassy Astana. (2008, November 3). THE SALT ROAD (Telegram 08ASTANA2165 to Secretary of State). The Ruritania Cables."),
])  # fmt: skip
def test_the_archive_stands_in_the_place_of_an_address_that_is_unknown(style: str, citation: str) -> None:
    assert getattr(Prose(but(url="")), style)() == citation


@pytest.mark.parametrize(("changes", "note", "apa"), [
    ({"date": (1975,)}, "“THE SALT ROAD,” 1975, h", "Embassy Astana. (1975). THE SALT ROAD ("),
    ({"date": ()}, "“THE SALT ROAD,” n.d., h", "Embassy Astana. (n.d.). THE SALT ROAD ("),
    ({"has_subject": False}, "telegram 08ASTANA2165, 3 November", "Embassy Astana. (2008, November 3). Telegram 08ASTANA2165 to Secretary of State. The"),
    ({"number": ""}, "Secretary of State, telegram, “THE SALT", "THE SALT ROAD (Telegram to Secretary of State). The"),
    ({"sender": ""}, "Telegram 08ASTANA2165 to Secretary of State, “THE", "THE SALT ROAD (Telegram 08ASTANA2165 to Secretary of State) (2008, November 3). The"),
    ({"recipients": ()}, "Embassy Astana, telegram 08ASTANA2165, “THE", "THE SALT ROAD (Telegram 08ASTANA2165). The"),
    ({"recipients": ("A", "B", "C")}, "Embassy Astana to A, B and C, telegram", "08ASTANA2165 to A, B and C)."),
    ({"other_recipients": 4}, "to Secretary of State and 4 others, telegram", "to Secretary of State and 4 others)."),
    ({"genre": "Document"}, "Secretary of State, document 08ASTANA2165", "(Document 08ASTANA2165 to"),
])  # fmt: skip
def test_what_a_telegram_lacks_is_left_out(changes: dict[str, object], note: str, apa: str) -> None:
    prose = Prose(but(**changes))
    assert note in prose.chicago_note()
    assert apa in prose.apa()


@pytest.mark.parametrize(("title", "note", "entry", "apa"), [
    ("WHO PAYS?", "“WHO PAYS?,”", "“WHO PAYS?” T", "WHO PAYS? ("),
    ("AT LAST!", "“AT LAST!,”", "“AT LAST!” T", "AT LAST! ("),
    ("TALKS WITH THE U.S.", "“TALKS WITH THE U.S.,”", "“TALKS WITH THE U.S.” T", "TALKS WITH THE U.S. ("),
    ('THE "SALT" ROAD', "“THE ‘SALT’ ROAD,”", "“THE ‘SALT’ ROAD.”", 'THE "SALT" ROAD ('),
    ('"SALT"', "“‘SALT’,”", "“‘SALT’.”", '"SALT" ('),
    ('"WHO PAYS?"', "“‘WHO PAYS?’,”", "“‘WHO PAYS?’” T", '"WHO PAYS?" ('),
    ("THE “SALT” ROAD", "“THE ‘SALT’ ROAD,”", "“THE ‘SALT’ ROAD.”", "THE “SALT” ROAD ("),
    ("FRITZ'S ROAD", "“FRITZ'S ROAD,”", "“FRITZ'S ROAD.”", "FRITZ'S ROAD ("),
    ("שלום", "“שלום\u200e,” 3", "“שלום\u200e.” T", "שלום\u200e ("),
])  # fmt: skip
def test_a_title_keeps_its_letters_and_gives_way_to_the_signs_around_it(
    title: str, note: str, entry: str, apa: str
) -> None:
    prose = Prose(but(title=title))
    assert note in prose.chicago_note()
    assert entry in prose.chicago_bibliography()
    assert entry in prose.mla()
    assert apa in prose.apa()


@pytest.mark.parametrize(("month", "short"), [
    (1, "Jan."), (2, "Feb."), (3, "Mar."), (4, "Apr."), (5, "May"), (6, "June"),
    (7, "July"), (8, "Aug."), (9, "Sept."), (10, "Oct."), (11, "Nov."), (12, "Dec."),
])  # fmt: skip
def test_the_mla_shortens_months_of_more_than_four_letters(month: int, short: str) -> None:
    assert f", 3 {short} 2008. " in Prose(but(date=(2008, month, 3))).mla()


# What a citation is made of


def test_a_citation_names_posts_as_the_lexicon_does_and_gives_the_address_where_it_is_known() -> None:
    known = citation_of(telegram(7, post="ASTANA", dtg="030856Z NOV 08"))
    assert (known.key, known.number, known.sender) == ("08ASTANA7", "08ASTANA7", "Embassy Astana")
    assert (known.recipients, known.other_recipients) == (("Secretary of State",), 0)
    assert (known.date, known.machine_date) == ((2008, 11, 3), "2008-11-03")
    assert known.archive == SITE.title
    assert known.url == "https://cables.example/a_b/cable/2008/11/08ASTANA7.html"
    assert citation_of(telegram(7), settings=NOWHERE).url == ""


def test_of_many_recipients_the_first_is_named() -> None:
    many = "\n".join(f"AMEMBASSY {name}" for name in ("PARIS", "LONDON", "ROME"))
    text = telegram(7).replace("TO SECSTATE WASHDC 0001", f"TO SECSTATE WASHDC 0001\n{many}")
    citation = citation_of(text)
    assert (citation.recipients, citation.other_recipients) == (("Secretary of State",), 3)


def test_a_telegram_for_information_alone_went_to_those_it_informs() -> None:
    text = telegram(7).replace("TO SECSTATE WASHDC 0001\n", "").replace("AMCONSUL ZENDA", "AMEMBASSY PARIS")
    assert citation_of(text).recipients == ("Embassy Paris",)


def test_without_a_subject_its_number_is_its_title() -> None:
    citation = citation_of(
        "P 030856Z NOV 08\nFM AMEMBASSY ASTANA\nTO SECSTATE WASHDC\n\nUNCLAS ASTANA 000007\n"
    )
    assert (citation.title, citation.has_subject) == ("Telegram 08ASTANA7", False)


def test_a_long_subject_is_cited_whole() -> None:
    subject = "THE SALT ROAD AND WHAT BECAME OF IT " * 56 + "IN THE END"
    assert f"“{subject},”" in Prose(citation_of(telegram(7, subject=subject))).chicago_note()


def test_what_no_page_can_hold_is_in_no_citation() -> None:
    citation = citation_of(telegram(7, subject="THE \ud800 ROAD\u2028 TO\x85 ZENDA\u202e"))
    assert citation.title == "THE \ufffd ROAD TO ZENDA\u200f"
