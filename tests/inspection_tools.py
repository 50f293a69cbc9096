"""Inspects small sites for tests."""

import os
from collections.abc import Mapping
from pathlib import Path

from msgspec import json
from site_tools import write_files

from generator.build.workers import InThisProcess
from generator.inspection.site import Inspection, inspect_site
from generator.problem import Problem

HEAD = "<!doctype html>\n<html lang=en>\n<title>Salt</title>\n"  # what is behind it begins on line 4


def nothing(stage: str, done: int, total: int) -> None:
    """A progress that shows nothing."""


def inspected(site: Path, memory: Path | None = None, site_url: str | None = None) -> Inspection:
    """The inspection of a site in this process."""
    return inspect_site(
        site,
        memory or site.parent / "memory",
        executor=InThisProcess(),
        workers=1,
        progress=nothing,
        site_url=site_url,
    )


def problems_of(site: Path, memory: Path | None = None, site_url: str | None = None) -> list[Problem]:
    """All that is wrong with a site, in order."""
    log = inspected(site, memory, site_url).log
    return [json.decode(line, type=Problem) for line in log.read_bytes().splitlines()]


def write_site(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """A site of some files; the text of a page is what follows its head."""
    site = folder / "site"
    whole = {
        name: HEAD + words if isinstance(words, str) and name.endswith(".html") else words
        for name, words in files.items()
    }
    os.makedirs(site, exist_ok=True)  # noqa: PTH103 - a site without files
    write_files(site, whole)
    return site
