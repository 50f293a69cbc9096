"""`cablepress new`: a folder to begin with."""

from pathlib import Path

import click

from generator.cli.ending import UNFINISHED, WRONG_CALL, stop
from generator.starter import FolderNotEmpty, new_project


def run(folder: Path, *, force: bool) -> None:
    """Make the folder, and say what to type next."""
    try:
        written = new_project(folder, into_existing=force)
    except FolderNotEmpty:
        stop(f"{folder} is not empty; name another folder, or use --force to add what is missing", WRONG_CALL)
    except OSError as error:
        stop(f"{error.filename or folder}: {error.strerror or error}", UNFINISHED)
    click.echo(f"Made {folder} with {len(written)} files. Next:")
    click.echo(f"  cd {folder}")
    click.echo("  cablepress build")
    click.echo("To publish it, push it to GitHub, and choose there")
    click.echo("  Settings > Pages > Source: GitHub Actions")
