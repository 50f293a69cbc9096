import pytest

from generator.telegram.classified_by import parse_classified_by


@pytest.mark.parametrize(
    ("written", "who", "reasons"),
    [
        (
            "Classified By: Ambassador A. B. RASSENDYLL. Reason: 1.4 (b) and (d).",
            "Ambassador A. B. RASSENDYLL",
            ("1.4(b)", "1.4(d)"),
        ),
        (
            "CLASSIFIED BY AMBASSADOR RASSENDYLL, REASONS 1.5 (B), (D)",
            "AMBASSADOR RASSENDYLL",
            ("1.5(b)", "1.5(d)"),
        ),
        ("Classified By: CLASSIFIED BY DCM ZENDA FOR REASONS 1.4 (b/d)", "DCM ZENDA", ("1.4(b)", "1.4(d)")),
        (
            "Class. By: Pol/Econ Counselor R. Hentzau, reason 1.4 b,d",
            "Pol/Econ Counselor R. Hentzau",
            ("1.4(b)", "1.4(d)"),
        ),
        ("Classified By: R. Hentzau for reasons 1.4 (b) & (d)", "R. Hentzau", ("1.4(b)", "1.4(d)")),
        ("Classified By: R. Hentzau. Reason: 1.4 (b) a nd (d).", "R. Hentzau", ("1.4(b)", "1.4(d)")),
        ("Classified By: R. Hentzau. Reasons: E.O. 12958 1.4 (c)", "R. Hentzau", ("1.4(c)",)),
        ("Classified By: R. Hentzau 1.4(b,d)", "R. Hentzau", ("1.4(b)", "1.4(d)")),
        ("Derived from: DSCG 05-1, B and D", "DSCG 05-1, B and D", ()),
        ("Classified By: R. Hentzau", "R. Hentzau", ()),
        ("Reason: 1.4 (b)", None, ("1.4(b)",)),
        (
            "Classified By: A. Hentzau, Jr. Reason: 1.5 (a) through (d)",
            "A. Hentzau, Jr.",
            ("1.5(a)", "1.5(d)"),
        ),
    ],
)
def test_who_classified_and_why(written: str, who: str | None, reasons: tuple[str, ...]) -> None:
    authority = parse_classified_by([written])
    assert (authority.text, authority.reasons) == (who, reasons)


def test_a_word_that_a_wrap_cut_in_two_is_joined() -> None:
    authority = parse_classified_by(
        ["Classified By: Political Coun", "selor R. Hentzau for rea", "sons 1.4 (b) and (d)."]
    )
    assert authority.text == "Political Counselor R. Hentzau"
    assert authority.reasons == ("1.4(b)", "1.4(d)")


def test_an_article_in_the_next_sentence_is_no_reason() -> None:
    authority = parse_classified_by(["Classified By: R. Hentzau. Reason: 1.4 (b). This is a corrected copy."])
    assert authority.reasons == ("1.4(b)",)
