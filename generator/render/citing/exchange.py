"""Citations as reference managers read them: BibTeX, RIS and CSL-JSON.

A cable is a report of its post there, of the kind 'Telegram', since that is what has an institution and a number in all
of them. Texts are escaped as each format asks. `assets/cite.js` has the same functions, and a test compares what they make.
"""

import re

import msgspec

from generator.render.citing.citation import Citation, number_of_paragraph, recipients_in_words

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()

# What TeX does not take as it stands. A brace that is only escaped would still count as one to BibTeX.
_TEX = str.maketrans(
    {sign: f"\\{sign}" for sign in "%&$#_"}
    | {
        sign: f"{{\\text{name}}}"
        for sign, name in {
            "\\": "backslash",
            "{": "braceleft",
            "}": "braceright",
            "~": "asciitilde",
            "^": "asciicircum",
            "`": "asciigrave",
            "<": "less",
            ">": "greater",
            "|": "bar",
        }.items()
    }
)
_has_more_than_plain = re.compile(r"[\\{}~^`<>|%&$#_]|--|''|,,").search
_JOINED = re.compile(r"([-',])(?=\1)")
_IN_URL = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C"})


def bibtex(citation: Citation, paragraph: str = "") -> str:
    """An entry of BibTeX; a second pair of braces keeps capitals, and a name in one piece."""
    one = citation
    year, *month_and_day = one.date or ("",)
    sender = _tex(one.sender)
    fields = [
        ("author={{", sender, "}}"),
        ("title={{", _tex(one.title), "}}"),
        ("type={", one.genre, "}"),
        ("number={", _tex(one.number), "}"),
        ("institution={{", sender, "}}"),
        ("year=", str(year), ""),
        ("month=", _MONTHS[month_and_day[0] - 1] if month_and_day else "", ""),
        ("day=", str(month_and_day[1]) if month_and_day else "", ""),
        ("note={", _tex(_note(one, paragraph)), "}"),
        ("library={{", _tex(one.archive), "}}"),
        ("url={", _url(one, paragraph).translate(_IN_URL), "}"),
    ]
    lines = [opening + value + closing for opening, value, closing in fields if value]
    return f"@techreport{{{one.key},\n" + ",\n".join(lines) + "}"


def ris(citation: Citation, paragraph: str = "") -> str:
    """A record of RIS, whose lines end as those of the page do."""
    one = citation
    year, *month_and_day = [f"{number:02d}" for number in one.date] or [""]
    lines = [
        ("TY", "RPRT"),
        ("ID", one.key),
        ("AU", one.sender),
        ("TI", one.title),
        ("M3", one.genre),
        ("SN", one.number),
        ("PB", one.sender),
        ("PY", year),
        ("DA", f"{year}/{'/'.join(month_and_day)}" if month_and_day else ""),
        ("N1", _note(one, paragraph)),
        ("DB", one.archive),
        ("UR", _url(one, paragraph)),
    ]
    return "".join([f"{tag}  - {value}\n" for tag, value in lines if value]) + "ER  - \n"


def csl_json(citation: Citation, paragraph: str = "") -> str:
    """A list of CSL-JSON with one item, a field a line."""
    one = citation
    recipients = recipients_in_words(one)
    fields = [
        ("id", _json(one.key)),
        ("type", '"report"'),
        ("genre", _json(one.genre)),
        ("number", _json(one.number)),
        ("title", _json(one.title)),
        ("author", f"[{_literal(one.sender)}]" if one.sender else ""),
        ("recipient", f"[{','.join(map(_literal, recipients))}]" if recipients else ""),
        ("issued", f'{{"date-parts":[[{",".join(map(str, one.date))}]]}}' if one.date else ""),
        ("publisher", _json(one.sender)),
        ("archive", _json(one.archive)),
        ("URL", _json(_url(one, paragraph))),
        ("locator", f'"par. {number_of_paragraph(paragraph)}"' if paragraph else ""),
    ]
    return "[{" + ",\n".join([f'"{name}":{value}' for name, value in fields if value]) + "}]"


def _note(one: Citation, paragraph: str) -> str:
    """What these formats have no field for: 'To Secretary of State, par. 7'."""
    names = recipients_in_words(one)
    to = f"To {', '.join(names)}" if names else ""
    return ", ".join(filter(None, [to, paragraph and f"par. {number_of_paragraph(paragraph)}"]))


def _url(one: Citation, paragraph: str) -> str:
    return f"{one.url}#par{paragraph}" if one.url and paragraph else one.url


def _tex(text: str) -> str:
    """A text as TeX shows it; signs that it would join to a dash or a quotation mark are kept apart."""
    if _has_more_than_plain(text) is None:
        return text
    return _JOINED.sub(r"\1{}", text.translate(_TEX))


def _literal(name: str) -> str:
    return f'{{"literal":{_json(name)}}}'


def _json(text: str) -> str:
    return msgspec.json.encode(text).decode() if text else ""
