"""Ledgers drawn at random over an archive of odd telegrams: what they hold back is in no byte of the site.

`make test` draws a tenth of the ledgers over fewer telegrams; `make proof` draws all of them.
"""

import json
import os
import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from site_tools import TODAY, nothing, snapshot
from truth.telegram import write_telegram

from generator.build.check import check_archive
from generator.build.engine import build_site
from generator.build.report import BuildReport
from generator.lexicon import builtin_lexicon
from generator.settings import Settings
from generator.telegram.cable import Cable
from generator.telegram.messages import parse_messages

IS_PROOF = os.environ.get("HYPOTHESIS_PROFILE") == "proof"
TELEGRAMS = 500 if IS_PROOF else 100
LEDGERS = 300 if IS_PROOF else 15

# Words of the pages' own labels and of the program's tables ('UN Security Council') stand in pages, whatever a ledger says.
LABELS = {"CLASSIFIED", "Classified", "CABLE", "CABLES", "SUMMARY", "Summary"}
OURS = re.compile(b"|".join(re.escape(tag.name.encode()) for tag in builtin_lexicon().tags.values()))


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ledgers")
    (folder / "content").mkdir()
    for seed in range(TELEGRAMS):
        written = write_telegram(seed)
        (folder / "content" / f"{seed:03d}.txt").write_text(written.text, "utf-8", newline="")
    return folder


@pytest.fixture(scope="module")
def cables(project: Path) -> list[Cable]:
    return [
        cable
        for path in sorted((project / "content").glob("*.txt"))
        for cable in parse_messages(path.read_text("utf-8", "replace"), source=path.name)
    ]


def rules(rng: random.Random, cables: list[Cable]) -> Iterator[str]:
    """A few rules about what the archive really holds."""
    for _ in range(rng.randint(1, 4)):
        cable = rng.choice([cable for cable in cables if cable.id and cable.tags and cable.body])
        words = [word for word in re.findall(r"[A-Za-z]{6,}", cable.subject or "") if word not in LABELS]
        condition = rng.choice(
            [
                f"cable = {json.dumps(cable.id)}",
                f"cables = {json.dumps((cable.id or '')[:6] + '*')}",
                f"tag = {json.dumps(cable.tags[0].code)}",
                f"origin = {json.dumps(cable.post or 'STRELSAU')}",
                f"classification = {json.dumps(cable.classification or 'SECRET')}",
            ]
        )
        match rng.randrange(5):
            case 0:
                yield f"[[withhold]]\n{condition}\n"
            case 1:
                yield f"[[embargo]]\n{condition}\nuntil = 2099-01-01\n"
            case 2:
                yield f'[[withdraw]]\n{condition}\nshow = "silent"\n'
            case 3 if words:
                yield f"[[redact]]\nterm = {json.dumps(rng.choice(words))}\n"
            case _ if words:
                yield f"[[redact]]\n{condition}\nterm = {json.dumps(rng.choice(words))}\n"


def build(project: Path) -> BuildReport:
    return build_site(
        project,
        Settings(),
        content=project / "content",
        site=project / "site",
        today=TODAY,
        progress=nothing,
    )


@pytest.mark.parametrize("seed", range(LEDGERS))
def test_what_a_ledger_holds_back_is_in_no_byte_of_the_site(
    project: Path, cables: list[Cable], seed: int
) -> None:
    # One folder for all: each ledger changes what the one before it has left.
    ledger = "\n".join(rules(random.Random(seed), cables))
    (project / "content/release.toml").write_text(ledger)
    build(project)
    report = check_archive(
        project,
        Settings(),
        content=project / "content",
        today=TODAY,
        most=0,
        examples=0,
        progress=nothing,
        site=project / "site",
    )
    assert report.proof is not None
    assert (report.proof.leaks, report.proof.unsearched) == ((), ())
    for term in re.findall(r'\[\[redact\]\]\nterm = "(.*)"', ledger):
        # Not by our own search: the plainest one there is.
        whole = re.compile(rf"(?<![a-z]){re.escape(term.lower())}(?![a-z])".encode())
        pages = {name: OURS.sub(b"", data) for name, data in snapshot(project / "site").items()}
        assert [name for name, data in pages.items() if whole.search(data.lower())] == []
