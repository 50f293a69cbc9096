"""The REF lines: what the telegram cites."""

from collections.abc import Mapping, Sequence
from typing import Any

from truth.form import OLD, Piece, Writer, Zone, line, rows
from truth.scene import Scene

REFERENCES = Zone("references")

Cited = tuple[str, str | None, str]  # label, id, text


def _cites(lines: Sequence[str], cited: Sequence[Cited], **more: Any) -> Piece:
    return line(*lines, references=[{"label": a, "id": b, "text": c} for a, b, c in cited], **more)


def _single(written: str, *, label: str = "REF: ", year: bool = False) -> Writer:
    """A row: one cable. The pattern's fields: yy, yyyy, post, key, n; the text is as the drafter wrote it."""

    def write(scene: Scene) -> Piece:
        post, number = scene.reference()
        cited = scene.year - scene.rng.randint(1, 3) if year else scene.year
        text = written.format(
            yy=f"{cited % 100:02d}",
            yyyy=cited,
            post=post.name,
            key=post.key,
            n=number,
            lower=post.key.lower(),
        )
        return _cites([label + text], [("", f"{cited % 100:02d}{post.key}{number}", text)])

    return write


def _none(scene: Scene) -> Piece:
    return line(references=[])


def _labelled(
    pattern: str, *, apart: str | None = None, before: str = "REF: ", indent: str = "     "
) -> Writer:
    """A row: three labelled cables, each on its line, or all on one with `apart` between them."""

    def write(scene: Scene) -> Piece:
        cited: list[Cited] = []
        parts: list[str] = []
        for at, label in enumerate("ABC"):
            post, number = scene.reference([scene.other, scene.third, scene.other][at])
            year = scene.year - (at == 1)
            text = f"{year % 100:02d} {post.name} {number}" if at == 1 else f"{post.name} {number}"
            cited.append((label, f"{year % 100:02d}{post.key}{number}", text))
            parts.append(pattern.format(label=label, text=text))
        if apart is not None:
            return _cites([before + apart.join(parts)], cited)
        return _cites([before + parts[0], *(indent + part for part in parts[1:])], cited)

    return write


def _inherits(written: str, second: str, third: str | None = None, *, year: bool = False) -> Writer:
    """A row: items that take over the post and the year of the one before."""

    def write(scene: Scene) -> Piece:
        post = scene.other
        a, b, c = scene.rng.sample(range(10, 9999), k=3)
        cited = scene.year - 1 if year else scene.year
        yy = f"{cited % 100:02d}"
        first = f"{yy} {post.name} {a}" if year else f"{post.name} {a}"
        items: list[Cited] = [
            ("", f"{yy}{post.key}{a}", first),
            ("", f"{yy}{post.key}{b}", second.format(b=b)),
        ]
        if third is not None:
            items.append(("", f"{yy}{post.key}{c}", third.format(c=c)))
        return _cites([written.format(first=first, b=b, c=c)], items)

    return write


def _note(tail: str) -> Writer:
    def write(scene: Scene) -> Piece:
        post, number = scene.reference()
        text = f"{post.name} {number}{tail}"
        return _cites([f"REF: {text}"], [("", f"{scene.yy}{post.key}{number}", text)])

    return write


def _no_cable(text: str, label: str = "REF: ") -> Writer:
    """A row: a reference to something that is no cable."""
    return lambda _: _cites([label + text], [("", None, text)])


def _alias(written: str, key: str) -> Writer:
    """A row of the table of other names for a post."""

    def write(scene: Scene) -> Piece:
        _, number = scene.reference()
        text = f"{written} {number}"
        return _cites([f"REF: {text}"], [("", f"{scene.yy}{key}{number}", text)], told=None)

    return write


def _notes_in_a_list(scene: Scene) -> Piece:
    post, number = scene.reference()
    other, second = scene.reference(scene.third)
    cited: list[Cited] = [
        ("A", f"{scene.yy}{post.key}{number}", f"{post.name} {number} (NOTAL)"),
        ("B", None, "PELHAM-ASHCROFT E-MAIL OF 10/16"),
        ("C", f"{scene.yy}{other.key}{second}", f"{other.name} {second}"),
    ]
    lines = [f"REF: A. {cited[0][2]}", f"     B. {cited[1][2]}", f"     C. {cited[2][2]}"]
    return _cites(lines, cited)


def _list_below_label(scene: Scene) -> Piece:
    post, number = scene.reference()
    other, second = scene.reference(scene.third)
    cited: list[Cited] = [
        ("A", f"{scene.yy}{post.key}{number}", f"{post.name} {number}"),
        ("B", f"{scene.yy}{other.key}{second}", f"{other.name} {second}"),
    ]
    return _cites(["REFS:", f"A. {cited[0][2]}", f"B. {cited[1][2]}"], cited)


def _label_with_two(scene: Scene) -> Piece:
    """One label over two numbers: each is a cable of its own under that label."""
    post, number = scene.reference()
    other = scene.third
    cited: list[Cited] = [
        ("A", f"{scene.yy}{other.key}7", f"{other.name} 7"),
        ("B", f"{scene.yy}{post.key}{number}", f"{post.name} {number}"),
        ("B", f"{scene.yy}{post.key}{number + 1}", f"{number + 1} (NOTAL)"),
    ]
    return _cites([f"REF: A. {other.name} 7  B. {post.name} {number} AND {number + 1} (NOTAL)"], cited)


def _continued(scene: Scene) -> Piece:
    other = scene.third
    first, second = "LETTER FROM THE MAYOR OF ZENDA TO THE HARBOR", "COMMITTEE ABOUT THE LIGHTHOUSE"
    cited: list[Cited] = [
        ("A", None, f"{first} {second}"),
        ("B", f"{scene.yy}{other.key}12", f"{other.name} 12"),
    ]
    return _cites([f"REF: A. {first}", f"        {second}", f"     B. {cited[1][2]}"], cited)


rows(REFERENCES, {"old-none": _none, "old-single": _single("{post} {n}")}, *OLD)
REFERENCES.add("none", _none, "1990", "2005", "newspaper", "extract")
rows(
    REFERENCES,
    {
        "single": _single("{post} {n}"),
        "reftel": _single("{post} {n}", label="REFTEL: "),
        "refs": _single("{post} {n}", label="REFS: "),
        "ref-s": _single("{post} {n}", label="REF(S): "),
        "reference": _single("{post} {n}", label="REFERENCE: "),
        "without-colon": _single("{post} {n}", label="REF "),
        "lower-case-label": _single("{post} {n}", label="Ref: "),
        "year-two-digits": _single("{yy} {post} {n}", year=True),
        "year-behind": _single("{post} {n} ({yy})", year=True),
        "year-apostrophe": _single("'{yy} {post} {n}", year=True),
        "year-four-digits": _single("{yyyy} {post} {n}", year=True),
        "year-four-behind": _single("{post} {n} ({yyyy})", year=True),
        "id-form": _single("{yy}{key}{n}", year=True),
        "id-four-digits": _single("{yyyy}{key}{n}", year=True),
        "id-lower-case": _single("{yy}{lower}{n}", year=True),
        "id-hyphens": _single("{yy}-{key}-{n}", year=True),
        "zero-padded": _single("{post} {n:07d}"),
        "itself": lambda scene: _cites(
            [f"REF: {scene.post.name} {scene.serial}"],
            [("", f"{scene.yy}{scene.post.key}{scene.serial}", f"{scene.post.name} {scene.serial}")],
        ),
        "labels": _labelled("{label}. {text}"),
        "labels-flush": _labelled("{label}. {text}", indent=""),
        "pilcrow": _labelled("¶{label}. {text}"),
        "double-label": _labelled("{label}. ({label}) {text}"),
        "parentheses": _labelled("({label}) {text}"),
        "half-parentheses": _labelled("{label}) {text}"),
        "colon-labels": _labelled("{label}: {text}"),
        "ref-label": _labelled("REF {label}: {text}", before="", indent=""),
        "ref-label-dot": _labelled("REF {label}. {text}", before="", indent=""),
        "one-line": _labelled("{label}. {text}", apart=" "),
        "one-line-wide": _labelled("{label}. {text}", apart="  "),
        "one-line-parentheses": _labelled("({label}) {text}", apart=" "),
        "one-line-comma": _labelled("{label}. {text}", apart=", "),
        "semicolons": _labelled("{label}) {text}", apart="; "),
        "no-colon-labels": _labelled("{label}. {text}", before="REF "),
        "list-below-label": _list_below_label,
        "post-left-out": _inherits("REF: {first}, {b} AND {c}", "{b}", "{c}"),
        "post-left-out-commas": _inherits("REF: {first}, {b}, {c}", "{b}", "{c}"),
        "post-left-out-semicolon": _inherits("REF: {first}; {b}", "{b}"),
        "year-taken-over": _inherits("REF: {first} AND {b}", "{b}", year=True),
        "label-with-two": _label_with_two,
        "previous": _note(" AND PREVIOUS"),
        "notal": _note(" NOTAL"),
        "notal-parentheses": _note(" (NOTAL)"),
        "exdis-note": _note(" (EXDIS)"),
        "dated": _note(" OF 14 FEB"),
        "notes-in-a-list": _notes_in_a_list,
        "continued": _continued,
        "septel": _no_cable("SEPTEL"),
        "e-mail": _no_cable("PELHAM-ASHCROFT E-MAIL OF 10/16"),
        "e-mail-solid": _no_cable("PELHAM EMAIL TO ASHCROFT 10/16"),
        "telcon": _no_cable("PELHAM-ASHCROFT TELCON 14 FEB"),
        "memo": _no_cable("MEMO OF 12 MARCH"),
        "letter": _no_cable("LETTER FROM THE MAYOR"),
        "fax": _no_cable("FAX FROM THE HARBOR OFFICE OF 3 MAY"),
        "newspaper": _no_cable("STRELSAU DAILY PRESS 20 FEB"),
        "iir": _no_cable("IIR 6 842 0123 08"),
        "td": _no_cable("TD-314/012345-08"),
        "report": _no_cable("HARBOR REPORT 2003"),
        "web": _no_cable("HTTP://HARBOR.EXAMPLE.INVALID/12"),
    },
)
rows(
    REFERENCES,
    {
        "deptel": _no_cable("DEPTEL 123"),
        "embtel": _no_cable("EMBTEL 456"),
        "airgram": _no_cable("A-78"),
        "ca": _no_cable("CA-1234"),
        "circular": _no_cable("CIRCULAR 1234"),
    },
    "1966",
)

# Other names of posts, and the key that each stands for.
ALIASES: Mapping[str, str] = {
    "SECSTATE": "STATE",
    "SECTSTATE": "STATE",
    "STAT": "STATE",
    "STAE": "STATE",
    "WASHDC": "STATE",
    "USUN": "USUNNEWYORK",
    "USUN NEW YORK": "USUNNEWYORK",
    "USUNNY": "USUNNEWYORK",
    "NEW YORK": "USUNNEWYORK",
    "USEU": "USEUBRUSSELS",
    "USEU BRUSS": "USEUBRUSSELS",
    "UNVIE": "UNVIEVIENNA",
    "UNVIENNA": "UNVIEVIENNA",
    "KIEV": "KIEV",
    "KYIV": "KYIV",
    "MEXICO CITY": "MEXICO",
    "MEX": "MEXICO",
    "RIO": "RIODEJANEIRO",
    "RIO DE JAN": "RIODEJANEIRO",
    "PAP": "PORTAUPRINCE",
    "PORT AU P": "PORTAUPRINCE",
    "IRAN RPO DUBAI": "RPODUBAI",
    "PARIS FR": "UNESCOPARISFR",
    "USUNESCO PARIS FR": "UNESCOPARISFR",
    "BKK": "BANGKOK",
    "KL": "KUALALUMPUR",
    "HK": "HONGKONG",
    "HCMC": "HOCHIMINHCITY",
    "TEGUC": "TEGUCIGALPA",
    "TGG": "TEGUCIGALPA",
    "ANTAN": "ANTANANARIVO",
    "ADDIS": "ADDISABABA",
    "JAK": "JAKARTA",
    "BSB": "BANDARSERIBEGAWAN",
    "POS": "PORTOFSPAIN",
    "SDO": "SANTODOMINGO",
    "MVD": "MONTEVIDEO",
    "AMEMBASSY BANGKOK": "BANGKOK",
    "EMBASSY BANGKOK": "BANGKOK",
    "BRUSSELS": "BRUSSELS",
    "STATE": "STATE",
    "HO CHI MINH CITY": "HOCHIMINHCITY",
    "KUALA LUMPUR": "KUALALUMPUR",
    "BANGKKOK": "BANGKOK",  # mistyped, within one letter of one key only
}
rows(
    REFERENCES,
    {f"post-{written.lower().replace(' ', '-')}": _alias(written, key) for written, key in ALIASES.items()},
)
