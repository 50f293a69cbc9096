"""Citations for reference managers: other programs read back what was written, whatever a telegram says."""

import json
import sqlite3
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from citing_tools import (
    citation_of,
    messy_citations,
    pages_of_cables,
    read_bibtex,
    read_citations,
    read_ris,
    read_tex,
)
from shared_builds import Specimens
from site_tools import telegram

from generator.render.citing.citation import Citation, recipients_in_words
from generator.render.citing.exchange import bibtex, csl_json, ris

SCHEMA = jsonschema.Draft7Validator(json.loads(Path(__file__).with_name("csl-data.json").read_text("utf-8")))

MONTHS = "January February March April May June July August September October November December".split()


@pytest.fixture(scope="module")
def messy() -> list[Citation]:
    return messy_citations(1000)


def test_an_entry_of_each_format_is_as_it_is_read_by_people() -> None:
    citation = citation_of(telegram(7, post="ASTANA", dtg="030856Z NOV 08", subject="100% SALT & {SNOW}"))
    url = "https://cables.example/a_b/cable/2008/11/08ASTANA7.html"
    assert bibtex(citation, "2") == (
        "@techreport{08ASTANA7,\n"
        "author={{Embassy Astana}},\n"
        "title={{100\\% SALT \\& {\\textbraceleft}SNOW{\\textbraceright}}},\n"
        "type={Telegram},\n"
        "number={08ASTANA7},\n"
        "institution={{Embassy Astana}},\n"
        "year=2008,\nmonth=nov,\nday=3,\n"
        "note={To Secretary of State, par. 2},\n"
        'library={{The "Salt" \\& {\\textbraceleft}Snow{\\textbraceright} Archive}},\n'
        f"url={{{url}#par2}}}}"
    )
    assert ris(citation, "2") == (
        "TY  - RPRT\nID  - 08ASTANA7\nAU  - Embassy Astana\nTI  - 100% SALT & {SNOW}\nM3  - Telegram\nSN  - 08ASTANA7\n"
        "PB  - Embassy Astana\nPY  - 2008\nDA  - 2008/11/03\nN1  - To Secretary of State, par. 2\n"
        f'DB  - The "Salt" & {{Snow}} Archive\nUR  - {url}#par2\nER  - \n'
    )
    assert json.loads(csl_json(citation, "2")) == [
        {
            "id": "08ASTANA7",
            "type": "report",
            "genre": "Telegram",
            "number": "08ASTANA7",
            "title": "100% SALT & {SNOW}",
            "author": [{"literal": "Embassy Astana"}],
            "recipient": [{"literal": "Secretary of State"}],
            "issued": {"date-parts": [[2008, 11, 3]]},
            "publisher": "Embassy Astana",
            "archive": 'The "Salt" & {Snow} Archive',
            "URL": f"{url}#par2",
            "locator": "par. 2",
        }
    ]


@pytest.mark.parametrize(
    "sent", ["--", "---", "''", ",,", "``", "?`", "\\", "{", "}}", "~^", "<|>", "%&$#_", "\\{}", "@x{"]
)
def test_tex_joins_no_signs_and_takes_none_for_its_own(sent: str) -> None:
    citation = citation_of(telegram(7, subject=f"A {sent} B{sent}"))
    (entry,) = read_bibtex(bibtex(citation)).values()
    assert entry.fields["title"] == citation.title
    written = bibtex(citation)
    assert not any(joined in written for joined in ("--", "''", ",,", "`"))
    assert written.count("{") == written.count("}")


def test_bibtex_of_messy_telegrams_is_read_back_without_loss(messy: list[Citation]) -> None:
    entries = read_bibtex("\n\n".join(map(bibtex, messy)))
    assert list(entries) == [one.key for one in messy]
    for one in messy:
        entry = entries[one.key]
        assert entry.type == "techreport"
        assert dict(entry.fields) == fields_of(one)
        assert [read_tex(str(person)) for person in entry.persons.get("author", [])] == senders(one)


def fields_of(one: Citation) -> dict[str, str]:
    """The fields of an entry that a citation asks for; pybtex spells months out."""
    year, *month_and_day = one.date or ("",)
    month, day = (MONTHS[month_and_day[0] - 1], str(month_and_day[1])) if month_and_day else ("", "")
    fields = {
        "title": one.title,
        "type": one.genre,
        "number": one.number,
        "institution": one.sender,
        "year": str(year),
        "month": month,
        "day": day,
        "note": note_of(one),
        "library": one.archive,
        "url": one.url,
    }
    return {name: value for name, value in fields.items() if value}


def note_of(one: Citation) -> str:
    names = recipients_in_words(one)
    return f"To {', '.join(names)}" if names else ""


def senders(one: Citation) -> list[str]:
    return [one.sender] if one.sender else []


def test_ris_of_messy_telegrams_is_read_back_without_loss(messy: list[Citation]) -> None:
    records = read_ris("\n".join(map(ris, messy)))
    assert [record["id"] for record in records] == [one.key for one in messy]
    for one, record in zip(messy, records, strict=True):
        day = one.machine_date.replace("-", "/") if len(one.date) == 3 else ""
        expected = {
            "type_of_reference": "RPRT",
            "id": one.key,
            "authors": senders(one),
            "title": one.title,
            "type_of_work": one.genre,
            "issn": one.number,
            "publisher": one.sender,
            "year": str(one.date[0]) if one.date else "",
            "date": day,
            "notes": [note_of(one)] if note_of(one) else [],
            "name_of_database": one.archive,
            "urls": [one.url] if one.url else [],
        }
        assert record == {name: value for name, value in expected.items() if value}


def test_csl_json_of_messy_telegrams_is_valid_and_is_read_back_without_loss(messy: list[Citation]) -> None:
    for one in messy:
        items = json.loads(csl_json(one))
        assert not [*SCHEMA.iter_errors(items)]
        assert item_of(one) == items[0]


def item_of(one: Citation) -> dict[str, Any]:
    item = {
        "id": one.key,
        "type": "report",
        "genre": one.genre,
        "number": one.number,
        "title": one.title,
        "author": [{"literal": name} for name in senders(one)],
        "recipient": [{"literal": name} for name in recipients_in_words(one)],
        "issued": {"date-parts": [[*one.date]]} if one.date else None,
        "publisher": one.sender,
        "archive": one.archive,
        "URL": one.url,
    }
    return {name: value for name, value in item.items() if value}


def test_messy_telegrams_leave_nothing_out_of_the_trial(messy: list[Citation]) -> None:
    for field in ("number", "sender", "recipients", "date", "url"):
        with_it = sum(bool(getattr(one, field)) for one in messy)
        assert 500 < with_it < 1000 or field in ("sender", "recipients"), field
    assert {len(one.date) for one in messy} == {0, 1, 3}
    assert any(one.other_recipients for one in messy)
    assert any(not one.has_subject for one in messy)
    assert {sign for one in messy for sign in one.title} >= set("\"'\\{}%&$#_^`<>|")


def test_the_schema_refuses_what_is_no_item() -> None:
    assert [*SCHEMA.iter_errors([{"id": "x", "type": "telegram"}])]
    assert [*SCHEMA.iter_errors([{"id": "x", "type": "report", "institution": "x"}])]
    assert [*SCHEMA.iter_errors([{"type": "report"}])]


def test_what_the_pages_of_the_projects_own_archive_hold_is_read_back_as_the_archive_has_it(
    specimens: Specimens,
) -> None:
    state = sqlite3.connect(specimens.state)
    known = {
        address: (id_, subject, date, precision)
        for address, id_, subject, date, precision in state.execute(
            "SELECT address, id, subject, date, date_precision FROM cable"
        )
    }
    state.close()
    seen = 0
    for address, page in pages_of_cables(specimens.site):
        seen += 1
        id_, subject, date, precision = known[address]
        day = (date or "")[:10] if precision != "year" else date[:4]
        forms = read_citations(page)
        (entry,) = read_bibtex(forms["BibTeX"]).values()
        (record,) = read_ris(forms["RIS"])
        items = json.loads(forms["CSL-JSON"])
        assert not [*SCHEMA.iter_errors(items)], address
        titles = {entry.fields["title"], record["title"], items[0]["title"]}
        assert titles == {subject} or subject == "No subject", address
        assert (entry.fields.get("number"), record.get("issn"), items[0].get("number")) == (id_, id_, id_)
        assert (entry.fields.get("year"), record.get("year")) == ((day[:4] or None),) * 2
        if len(day) == 10:
            assert record["date"] == day.replace("-", "/")
            assert items[0]["issued"]["date-parts"] == [[int(part) for part in day.split("-")]]
    assert seen >= 80
