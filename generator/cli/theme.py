"""`cablepress theme`: the templates and assets of a site, and copies of them to change."""

from pathlib import Path

import click

from generator.cli.call import settings_here
from generator.cli.ending import UNFINISHED, WRONG_CALL, stop
from generator.own_templates import OwnTemplateExists, UnknownTemplate, eject_template, list_templates


def show() -> None:
    """Show all files, what each is for, and which of them the project replaces."""
    folder = settings_here().templates
    files = list_templates(Path(folder))
    width = max(len(file.name) for file in files)
    for file in files:
        words = [file.about] if file.about else ["no built-in file has this name"]
        if file.is_own:
            words.append(f"yours, {folder}/{file.name}")
        click.echo(f"{file.name:<{width}}  {'; '.join(words)}")


def eject(name: str, *, force: bool) -> None:
    """Copy a file out, and say what to do next."""
    folder = settings_here().templates
    try:
        copy = eject_template(name, Path(folder), overwrites=force)
    except UnknownTemplate as error:
        hint = f"did you mean {error.near}?" if error.near else "cablepress theme list shows all"
        stop(f"there is no template or asset {error}; {hint}", WRONG_CALL)
    except OwnTemplateExists as error:
        stop(f"{folder}/{error} is there already; --force overwrites it", WRONG_CALL)
    except OSError as error:
        stop(f"{error.filename or folder}: {error.strerror or error}", UNFINISHED)
    click.echo(f"Copied to {copy.as_posix()}, which is used from now on. Next:")
    click.echo("  edit it, and look at it with: cablepress serve")
    click.echo("  remove it to have the built-in one again")
