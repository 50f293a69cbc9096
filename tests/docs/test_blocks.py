"""Every block of code in the documents does what the page says: commands run, settings are read, pages and telegrams are understood.

REWRITE_DOCS=1 writes what commands say into the pages; read the diff.
"""

import io
import os
import shutil
import tomllib
from contextlib import chdir, redirect_stdout
from pathlib import Path
from typing import Any

import pytest
import yaml
from docs.blocks import PAGES, ROOT, Block, blocks, blocks_of, text_of
from docs.console import Shell, Step, is_as_shown, steps_of, with_what_varies
from site_tools import build, write_files

from generator import parse_cable
from generator.intake.front_matter import split_front_matter
from generator.publish.workflow import WORKFLOW, workflow_text
from generator.release.ledger import read_ledger
from generator.release.own_rules import read_own_rules
from generator.settings import load_settings
from generator.starter import new_project
from generator.telegram.recognise import looks_like_telegram

# What a document may show. 'sh' is not run, and only for what cannot be.
LANGUAGES = {
    "console", "sh", "toml", "markdown", "telegram", "text", "python", "html", "css", "yaml", "json", "csv", "bibtex", "ris",
    "nginx", "apache",
}  # fmt: skip
NOT_RUN = (
    "pip",
    "pipx",
    "git clone",
    "git push",
    "git remote",
    "cablepress serve",
    "dask",
    "--scheduler",
    "make",
    "datasette",
    "npx",
    "rsync",
    "sudo",
)

# Pages that begin in an empty folder; on all others the reader has what `cablepress new` makes.
FROM_NOTHING = {"README.md", "content/docs/start.md", "content/docs/new.md"}

REWRITE = os.environ.get("REWRITE_DOCS") == "1"

LEDGER_TABLES = {"release", "withhold", "embargo", "redact", "withdraw"}


def shown_by(block: Block) -> str:
    return block.place


@pytest.mark.parametrize("page", PAGES)
def test_every_block_says_what_it_is(page: str) -> None:
    assert [block.place for block in blocks_of(page) if block.language not in LANGUAGES] == []


def test_only_what_cannot_be_run_is_not() -> None:
    for block in blocks("sh"):
        assert all(line.startswith(NOT_RUN) or "--scheduler" in line for line in block.text.splitlines()), (
            block.place
        )


@pytest.mark.parametrize(
    "page", [page for page in PAGES if any(b.language == "console" for b in blocks_of(page))]
)
def test_commands_do_what_the_page_shows(page: str, tmp_path: Path) -> None:
    project = tmp_path / "my-archive"
    if page in FROM_NOTHING:
        project = tmp_path / "somewhere"
        project.mkdir()
    else:
        new_project(project)
    (tmp_path / "bin").mkdir()
    shell = Shell(project, tmp_path / "bin")
    heard: dict[Block, list[tuple[Step, str]]] = {}
    for block in blocks_of(page):
        if block.language == "console":
            for step in steps_of(block.text):
                said = shell.run(step.command)
                assert step.shown.strip() or shell.status == 0, f"{block.place}: {step.command}{said}"
                heard.setdefault(block, []).append((step, said))
        elif block.language == "python":
            with chdir(shell.folder), redirect_stdout(io.StringIO()):
                exec(block.text, {})
        elif block.file is not None:
            write_files(shell.folder, {block.file: block.text})
    if REWRITE:
        rewrite(page, heard)
    for block, steps in heard.items():
        for step, said in steps:
            assert REWRITE or not step.shown.strip() or is_as_shown(step.shown, said), (
                f"{block.place}: {step.command}says:\n{said}\nand not:\n{step.shown}"
            )


def rewrite(page: str, heard: dict[Block, list[tuple[Step, str]]]) -> None:
    """Write what commands said in the place of what the page shows."""
    text = text_of(page)
    for block, steps in heard.items():
        mended = "".join(f"$ {step.command}{now_shown(step, said)}" for step, said in steps)
        text = text.replace(f"```console\n{block.text}```", f"```console\n{mended}```", 1)
    (ROOT / page).write_text(text, "utf-8")


def now_shown(step: Step, said: str) -> str:
    if not step.shown.strip() or is_as_shown(step.shown, said):
        return step.shown
    return with_what_varies(said) + ("\n" if step.shown.endswith("\n\n") else "")


def is_ledger(block: Block) -> bool:
    return bool(LEDGER_TABLES & set(tomllib.loads(block.text)))


@pytest.mark.parametrize("block", blocks("toml"), ids=shown_by)
def test_settings_and_ledgers_are_read(block: Block, tmp_path: Path) -> None:
    if is_ledger(block):
        assert read_ledger(block.text).rules or read_ledger(block.text).highest
        return
    write_files(
        tmp_path,
        {
            "cablepress.toml": block.text,
            "content/crest.svg": "<svg/>",
            "templates/assets/crest.svg": "<svg/>",
        },
    )
    load_settings(tmp_path)


@pytest.fixture(scope="module")
def problems_of_pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What a build tells of the Markdown that the documents show, each a page beside them in a copy of the specimen archive."""
    folder = tmp_path_factory.mktemp("markdown")
    shutil.copytree(ROOT / "content", folder / "content")
    shutil.copy(ROOT / "pyproject.toml", folder)
    for block in blocks("markdown"):
        write_files(folder / "content", {path_of(block): block.text})
    build(folder)
    problems: dict[str, list[str]] = {}
    for line in (folder / ".cablepress/problems.jsonl").read_text("utf-8").splitlines():
        problem = yaml.safe_load(line)
        problems.setdefault(problem["source"], []).append(problem["message"])
    return problems


def path_of(block: Block) -> str:
    """Where a Markdown block is put: where the page says, else beside the page."""
    if block.file is not None:
        return block.file.removeprefix("content/")
    return f"docs/shown-{Path(block.page).stem}-{block.line}.md"


@pytest.mark.parametrize("block", blocks("markdown"), ids=shown_by)
def test_markdown_gives_no_problem(block: Block, problems_of_pages: dict[str, list[str]]) -> None:
    assert problems_of_pages.get(path_of(block), []) == []


def test_the_documents_give_no_problem_themselves(problems_of_pages: dict[str, list[str]]) -> None:
    # Links among them are followed in test_pages.py.
    own = {page.removeprefix("content/") for page in PAGES} & set(problems_of_pages)
    assert [
        (page, told) for page in own for told in problems_of_pages[page] if "leads to no page" not in told
    ] == []


@pytest.mark.parametrize("block", blocks("telegram", "text"), ids=shown_by)
def test_telegrams_are_understood(block: Block) -> None:
    text = split_front_matter(block.text).text
    if block.language == "telegram" or looks_like_telegram(text):
        cable = parse_cable(text, source=block.file or "shown.txt")
        assert cable.is_telegram
        assert cable.id
        assert [problem for problem in cable.warnings if problem.severity != "info"] == []


@pytest.mark.parametrize("block", blocks("yaml"), ids=shown_by)
def test_yaml_is_front_matter_or_a_workflow(block: Block, tmp_path: Path) -> None:
    """The commands of our workflow are run by tests/publish/test_workflow.py."""
    if block.file is None:
        front = split_front_matter(f"---\n{block.text}---\n")
        assert front.fault == ""
        assert front.fields
        assert read_own_rules(front.fields).faults == ()
        return
    if block.file != WORKFLOW and not (ROOT / block.file).is_file():
        _run_jobs(yaml.safe_load(block.text), tmp_path)
        return
    text = workflow_text() if block.file == WORKFLOW else (ROOT / block.file).read_text("utf-8")
    if REWRITE:
        page = text_of(block.page).replace(f"```yaml\n{block.text}```", f"```yaml\n{text}```", 1)
        (ROOT / block.page).write_text(page, "utf-8")
    else:
        assert block.text == text, f"{block.place} is out of date: make docs"


def _run_jobs(written: dict[str, Any], folder: Path) -> None:
    """Run what the jobs of GitLab run of cablepress, in a new project."""
    runs = [run for job in written.values() for run in job["script"]]
    commands = [line for run in runs for line in run.splitlines() if line.startswith("cablepress")]
    assert commands
    new_project(folder / "project")
    (folder / "bin").mkdir()
    shell = Shell(folder / "project", folder / "bin")
    for command in commands:
        said = shell.run(command)
        assert shell.status == 0, f"{command}: {said}"


@pytest.mark.parametrize(
    ("shown", "said", "is_same"),
    [
        ("Built in ... s\n", "Built in 0.8 s\n", True),
        ("Built in ... s\n", "Built in 0.8 seconds\n", False),
        ("a\n...\nz\n", "a\nb\nc\nz\n", True),
        ("a\n...\nz\n", "a\nz\n", True),
        ("a\n...\n", "b\n", False),
        ("a\n\n", "a\n", True),
        ("a\n", "a\nb\n", False),
        ("(a|b)\n", "a\n", False),
        ("a   b\n", "a     b\n", True),
        ("a   b\n", "a b\n", False),
    ],
)
def test_dots_stand_for_what_varies(shown: str, said: str, is_same: bool) -> None:
    assert is_as_shown(shown, said) is is_same


def test_a_block_is_cut_into_commands_and_what_they_say() -> None:
    text = "$ cat > a <<'END'\nx\n$ y\nEND\n$ cat a\nx\n$ y\n"
    steps = list(steps_of(text))
    assert [(step.command, step.shown) for step in steps] == [
        ("cat > a <<'END'\nx\n$ y\nEND\n", ""),
        ("cat a\n", "x\n"),
        ("y\n", ""),
    ]
