"""`cablepress publish --workflow`: what has a server at GitHub build, check and publish the site at every push."""

from pathlib import Path

import click

from generator.cli.call import settings_here
from generator.cli.ending import UNFINISHED, WRONG_CALL, stop
from generator.publish.archive_branch import archive_branch
from generator.publish.workflow import WorkflowRefused, write_workflow


def run() -> None:
    """Write the workflow, and say what to do next."""
    content = Path(settings_here().content)
    if not content.is_dir():
        stop(
            f"there is no folder {content}; go to the folder of the archive, and call this there", WRONG_CALL
        )
    try:
        branch = archive_branch(Path())
        path = write_workflow(Path(), branch=branch)
    except WorkflowRefused as error:
        stop(str(error), WRONG_CALL)
    except OSError as error:
        stop(f"{error.filename or '.github'}: {error.strerror or error}", UNFINISHED)
    click.echo(f"Wrote {path}: every push to {branch} will build, check and publish the site. Next:")
    click.echo("  git add .github")
    click.echo('  git commit --message "Publish the site at every push"')
    click.echo("  git push")
    click.echo("and at GitHub, once:")
    click.echo("  Settings > Pages > Source: GitHub Actions")
