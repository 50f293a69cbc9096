"""What the record of a cable holds: each column of the data files with its type and its meaning, in order.

The names are those of `Cable.to_dict()`, which is a contract. Of that, the text stands once, in `body`: `paragraphs` are a
view of it; and `warnings` are about sources, not about telegrams.
"""

from typing import Literal

from msgspec import Struct

ColumnType = Literal["string", "integer", "number", "date", "datetime", "array", "object"]

# Between the values of a list in one cell. One within a value is written with a backslash before it, as is a backslash.
SEPARATOR = "|"


class Column(Struct, frozen=True):
    """One column, a Table Schema field of the data package."""

    name: str
    type: ColumnType
    about: str


CSV_COLUMNS = (
    Column("id", "string", "The reference id, '08ASTANA2165': year, post, number. Empty where the text tells none."),
    Column("date", "datetime", "When it was sent, in UTC, as far as date_precision says; the rest is filled with zeros."),
    Column("date_precision", "string", "What is known of the date: minute, hour, day or year."),
    Column("subject", "string", "The subject, in one line."),
    Column("classification", "string", "The level, 'CONFIDENTIAL', without handling words."),
    Column("handling", "string", "Words beside the level, 'SENSITIVE', 'NOFORN'. A list."),
    Column("captions", "string", "Captions, 'SIPDIS'. A list."),
    Column("precedence", "string", "How urgent it was, 'PRIORITY'."),
    Column("post", "string", "The post that sent it, as in ids, 'ASTANA'."),
    Column("origin", "string", "The sender as its FM line has it, 'AMEMBASSY ASTANA'."),
    Column("action", "string", "To whom it was sent for action. A list."),
    Column("info", "string", "To whom it was sent for information. A list."),
    Column("attention", "string", "The passing lines, 'STATE FOR SCA/CEN'. A list."),
    Column("tags", "string", "TAGS codes, in capitals, in order. A list."),
    Column("references", "string", "The entries of the REF line as they were written, after their letters. A list."),
    Column("cites", "string", "Ids of the cables that its REF line and its text name, each once. A list."),
    Column("executive_order", "string", "The order by which it was classified, '12958'."),
    Column("declassify_on", "date", "When it was to be declassified, where that is a date."),
    Column("classified_by", "string", "Who classified it."),
    Column("reasons", "string", "Why, '1.4(b)'. A list."),
    Column("signer", "string", "The name below it."),
    Column("sections", "integer", "In how many sections it was sent."),
    Column("paragraphs", "integer", "How many numbered paragraphs it has, from 1 without a gap."),
    Column("address", "string", "Its page in the site, 'cable/2008/11/08ASTANA2165.html': no two cables have the same."),
)  # fmt: skip

JSON_COLUMNS = (
    Column("address", "string", "Its page in the site, 'cable/2008/11/08ASTANA2165.html': no two cables have the same."),
    Column("id", "string", "The reference id, '08ASTANA2165': year, post, number. Null where the text tells none."),
    Column("year", "integer", "The year in the id, 2008."),
    Column("post", "string", "The post that sent it, as in the id, 'ASTANA'."),
    Column("serial", "integer", "The number in the id, 2165."),
    Column("origin", "string", "The sender as its FM line has it, 'AMEMBASSY ASTANA'."),
    Column("date", "datetime", "When it was sent, in UTC, as far as date_precision says; the rest is filled with zeros."),
    Column("date_precision", "string", "What is known of the date: minute, hour, day or year."),
    Column("classification", "string", "The level, 'CONFIDENTIAL', without handling words."),
    Column("handling", "array", "Words beside the level, 'SENSITIVE', 'NOFORN'."),
    Column("captions", "array", "Captions, 'SIPDIS'."),
    Column("precedence", "string", "How urgent it was, 'PRIORITY'."),
    Column("message_id", "string", "The number of the transmission, 'VZCZCXRO1443'."),
    Column("action", "array", "To whom it was sent for action: routing, name, precedence and serial of each, and excluded."),
    Column("info", "array", "To whom it was sent for information, likewise."),
    Column("attention", "array", "The passing lines, 'STATE FOR SCA/CEN'."),
    Column("executive_order", "string", "The order by which it was classified, '12958'."),
    Column("declassify_on", "date", "When it was to be declassified, where that is a date."),
    Column("declassification", "string", "The line of that order as it was written."),
    Column("declassification_code", "string", "What that line says where it is no date, 'OADR', 'N/A'."),
    Column("downgrade_on", "date", "When it was to be downgraded."),
    Column("classified_by", "string", "Who classified it."),
    Column("reasons", "array", "Why, '1.4(b)'."),
    Column("tags", "array", "TAGS codes, in capitals, in order."),
    Column("subject", "string", "The subject, in one line."),
    Column("references", "array", "The entries of the REF line: label, id (null for what is no cable) and text of each."),
    Column("sections", "integer", "In how many sections it was sent."),
    Column("signer", "string", "The name below it."),
    Column("summary", "string", "The text of its summary, which stands in the body too."),
    Column("cites", "array", "Ids of the cables that its REF line and its text name, each once."),
    Column("redactions", "array", "What may be said of what was blacked out here: reason and count."),
    Column(
        "body",
        "array",
        "All blocks of the text: kind (heading, paragraph, list, table, quote, rule, verbatim, gap), line, and where they "
        "have them number, anchor (of the page), marking, role, text, items, blocks.",
    ),
)  # fmt: skip
