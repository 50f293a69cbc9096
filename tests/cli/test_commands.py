"""The words of the commands, which are there at once: help imports click and nothing else."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from generator.cli import cablepress

# Runs the command line, and prints on standard error what was imported from outside the standard library.
LOADED = """\
import json, sys
before = set(sys.modules)
from generator.cli import main
try:
    main()
finally:
    names = [name for name in set(sys.modules) - before if name.partition(".")[0] not in sys.stdlib_module_names]
    json.dump(sorted(names), sys.stderr)
"""

WORDS = {"generator", "generator.cli", "generator.cli.commands", "generator.cli.ending"}


@pytest.mark.parametrize(
    "words",
    [[], ["--help"], ["--version"], *([name, "--help"] for name in cablepress.commands)],
    ids=" ".join,
)
def test_help_imports_click_and_nothing_else(words: list[str], tmp_path: Path) -> None:
    said = subprocess.run(
        [sys.executable, "-c", LOADED, *words], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert said.stdout
    loaded = set(json.loads(said.stderr))
    assert {name for name in loaded if name.partition(".")[0] != "click"} == WORDS


@pytest.mark.parametrize("name", sorted(cablepress.commands))
def test_every_line_of_help_is_a_sentence_that_fits(name: str, tmp_path: Path) -> None:
    command = cablepress.commands[name]
    assert command.short_help is not None
    assert command.short_help.endswith(".")
    assert len(command.short_help) < 65  # else it would end in dots
    said = subprocess.run(
        [sys.executable, "-c", LOADED, name, "--help"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert max(map(len, said.stdout.splitlines())) <= 80
