"""Fuzz `parse_cable`: `make fuzz`, for FUZZ_SECONDS (60).

Starts from synthetic telegrams of every form, and puts in a telegram's words. A text that breaks a promise is made
small and written into tests/fuzz/cases/, where an ordinary pytest finds it from then on.
"""

import hashlib
import os
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]

import atheris  # noqa: E402 - what follows is imported to be watched

with atheris.instrument_imports(include=["generator"]):
    import generator  # noqa: F401

from fuzz.promises import PromiseBroken, check, minimise  # noqa: E402
from truth.telegram import FORMS, write_telegram  # noqa: E402

CASES = Path(__file__).parent / "cases"
WORK = (
    Path(__file__).parents[2] / ".cablepress/fuzz"
)  # the texts that reached new code, kept for the next run
LONGEST = 8 * 1024  # bytes of a text
TIMEOUT = 120  # seconds for one text, its making small included
EVERY = 200  # of so many texts one is timed, which takes longer than a hundred others

# Words and signs by which the parser finds its way.
WORDS = (
    "VZCZCXRO0042", "PP RUEHC", "DE RUEHQS #0123/01 0451230", "ZNR UUUUU ZZH", "P 141230Z FEB 08", "FM AMEMBASSY ", "TO ",
    "INFO ", "XMT ", "RUEHC/", "NIACT IMMEDIATE", "BT", "UNCLAS ", "C O N F I D E N T I A L ", "S E C R E T ", "SECTION 01 OF 02 ",
    "STRELSAU 000123", "SIPDIS", "NOFORN", "STATE FOR ", "E.O. 12958: ", "DECL: 02/14/2018", "TAGS: ", "PGOV", "SUBJECT: ", "REF: ",
    "A. ", "(NOTAL)", "Classified By: ", "Reason: 1.4 (b)", "1. ", "11. ", "¶", "(C) ", "(S//NF) ", "SUMMARY", "END SUMMARY", "COMMENT",
    "BEGIN TEXT", "END TEXT", "-- ", "- ", "(a) ", "1) ", "-----", "=====", " | ", "   ", "STRELSAU 00000123  002 OF 003",
    "PAGE 02        STRELS  00123  141230Z", "NNNN", "Message Attributes", "Subject: ", "Tuesday, 14 February 2008, 12:30",
    "This record is a partial extract", "XXXXXXXXXXXX", "[PGOV](#)", "\r\n", "\r", "\n", "\n\n", "\x0c", "\x00", "\u00a0", "\u2028", "\u00ad",
)  # fmt: skip

texts = 0


def test_one_input(data: bytes) -> None:
    """Check one text; keep what breaks a promise."""
    global texts
    texts += 1
    text = data.decode("utf-8", errors="replace")
    timed = texts % EVERY == 0
    try:
        check(text, timed=timed)
    except PromiseBroken as broken:
        small = minimise(text, timed=timed).encode()
        path = CASES / f"{hashlib.sha256(small).hexdigest()[:12]}.txt"
        path.write_bytes(small)
        print(f"{path}: {broken}")
        raise


def main() -> None:
    corpus, words = WORK / "corpus", WORK / "words"
    corpus.mkdir(parents=True, exist_ok=True)
    CASES.mkdir(exist_ok=True)
    for at, form in enumerate(sorted(FORMS)):
        (corpus / f"form-{at}").write_text(write_telegram(at, form, plain=True).text, encoding="utf-8")
    escaped = ("".join(f"\\x{byte:02x}" for byte in word.encode()) for word in WORDS)
    words.write_text("".join(f'"{word}"\n' for word in escaped), encoding="ascii")
    arguments = [
        sys.argv[0],
        f"-max_total_time={os.environ.get('FUZZ_SECONDS', '60')}",
        f"-max_len={LONGEST}",
        f"-dict={words}",
        f"-artifact_prefix={WORK}/",
        f"-timeout={TIMEOUT}",
        "-verbosity=0",
        "-print_final_stats=1",
        str(corpus),
    ]
    atheris.Setup(arguments, test_one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
