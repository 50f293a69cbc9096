"""Every command: its words, its options and their help.

This module imports nothing but click. A command's work begins with the import of its module, here and nowhere else.
"""

import os
from pathlib import Path

import click

_content_option = click.option(
    "--content", type=click.Path(path_type=Path), help="Folder of the telegrams.  [default: content]"
)
_date_option = click.option(
    "--date", metavar="DAY", help="Day by which embargoes end.  [default: SOURCE_DATE_EPOCH, else today]"
)
_strict_option = click.option(
    "--strict", is_flag=True, help="End with status 1 if there are warnings or errors."
)


def _show_version(context: click.Context, _parameter: click.Parameter, wanted: bool) -> None:  # noqa: FBT001
    if not wanted or context.resilient_parsing:
        return
    import platform
    from importlib.metadata import version

    click.echo(f"cablepress {version('cablepress')}, Python {platform.python_version()}, {platform.system()}")
    context.exit()


@click.group(
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Begin with: cablepress new my-archive",
)
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_show_version,
    help="Show the version and exit.",
)
@click.pass_context
def cablepress(context: click.Context) -> None:
    """Make a site of a folder of diplomatic cables."""
    # Without this, click colours what goes to a terminal, and nothing else.
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        context.color = False
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


@cablepress.command(short_help="Build the site of this folder: content/ into site/.")
@_content_option
@click.option(
    "--site", type=click.Path(path_type=Path), help="Folder that the site is written to.  [default: site]"
)
@_date_option
@_strict_option
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but warnings and errors.")
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    metavar="N",
    help="Processes that work.  [default: one a processor]",
)
@click.option("--scheduler", metavar="ADDRESS", help="Have the cluster of a dask scheduler do the work.")
@click.option("--verify", is_flag=True, help="Then build all again beside it, and compare every byte.")
@click.option("--profile", is_flag=True, help="Say where the time went.")
@click.option(
    "--no-search", is_flag=True, help="Leave out the search: its index, its page, the box on every page."
)
@click.option("--no-data", is_flag=True, help="Leave out the data files and their page.")
@click.option("--site-url", metavar="URL", help="Where the site will be served; overrules the settings.")
def build(
    content: Path | None,
    site: Path | None,
    date: str | None,
    *,
    strict: bool,
    quiet: bool,
    workers: int | None,
    scheduler: str | None,
    verify: bool,
    profile: bool,
    no_search: bool,
    no_data: bool,
    site_url: str | None,
) -> None:
    """Build the site of this folder: content/ into site/."""
    from generator.cli.build import run

    run(
        content,
        site,
        date,
        strict=strict,
        quiet=quiet,
        workers=workers,
        scheduler=scheduler,
        verifies=verify,
        profiles=profile,
        searches=not no_search,
        offers_data=not no_data,
        site_url=site_url,
    )


@cablepress.command(short_help="Show the site in the browser, and build what you edit.")
@_content_option
@_date_option
@click.option(
    "--host", metavar="ADDRESS", default="127.0.0.1", show_default=True, help="Address to listen on."
)
@click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    default=8000,
    show_default=True,
    help="Port to listen on, or the next that is free; 0 for any.",
)
@click.option("--open", "open_browser", is_flag=True, help="Open the browser.")
@click.option("--drafts", is_flag=True, help="Show what front matter calls a draft, too.")
@click.option(
    "--poll", is_flag=True, help="Look at all files again and again; for network drives and containers."
)
@click.option(
    "--reload/--no-reload", default=True, show_default=True, help="Reload the browser after each build."
)
def serve(
    content: Path | None,
    date: str | None,
    host: str,
    port: int,
    *,
    open_browser: bool,
    drafts: bool,
    poll: bool,
    reload: bool,
) -> None:
    """Show the site in the browser, and build what changes as you edit."""
    from generator.cli.serve import run

    run(content, date, host, port, open_browser=open_browser, drafts=drafts, poll=poll, reload=reload)


@cablepress.command(short_help="Say what is wrong with the archive and its site.")
@_content_option
@click.option("--site", type=click.Path(path_type=Path), help="Folder of the site.  [default: site]")
@_date_option
@click.option("--strict", is_flag=True, help="End with status 1 if there are warnings, too.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.option("--explain", metavar="CODE", help="Say what a kind of problem means, and stop.")
@click.option("--leaks", is_flag=True, help="Look in every byte of the site for what is held back, and stop.")
@click.option("--manifest", is_flag=True, help="Compare every file of the site with its manifest, and stop.")
def check(
    content: Path | None,
    site: Path | None,
    date: str | None,
    *,
    strict: bool,
    as_json: bool,
    explain: str | None,
    leaks: bool,
    manifest: bool,
) -> None:
    """Say what is wrong with the archive and, if it was built, with the site.

    Of the site: links that lead nowhere, pages that are not valid, names that some systems cannot have, what is held back
    and stands in it all the same, and how large it is. Nothing is written into it.
    """
    from generator.cli.check import explain_code, look_for_leaks, run

    if manifest:
        from generator.cli.manifest import run as verify

        verify(site, as_json=as_json)
    elif explain is not None:
        explain_code(explain)
    elif leaks:
        look_for_leaks(content, site, date)
    else:
        run(content, site, date, as_json=as_json, strict=strict)


@cablepress.command(short_help="Send the site to the branch that serves it.")
@click.option("--remote", metavar="NAME", help="Git remote to push to.  [default: origin]")
@click.option("--branch", metavar="NAME", help="Branch that holds the site.  [default: gh-pages]")
@click.option("-y", "--yes", is_flag=True, help="Do not ask.")
@click.option("--dry-run", is_flag=True, help="Say and check everything, and send nothing.")
@click.option("-m", "--message", metavar="TEXT", help="Message of the commit.")
@click.option(
    "--history/--no-history",
    default=None,
    help="Keep what was published before.  [default: --no-history]",
)
@click.option("--over-limit", is_flag=True, help="Publish more than GitHub Pages takes.")
@click.option("--workflow", is_flag=True, help="Write a workflow that publishes at every push, and stop.")
@click.option("--site", type=click.Path(path_type=Path), help="Folder of the site.  [default: site]")
def publish(
    remote: str | None,
    branch: str | None,
    message: str | None,
    site: Path | None,
    *,
    yes: bool,
    dry_run: bool,
    history: bool | None,
    over_limit: bool,
    workflow: bool,
) -> None:
    """Check the site, and send it to the branch from which GitHub Pages serves it."""
    if workflow:
        from generator.cli.workflow import run as write_workflow

        write_workflow()
        return
    from generator.cli.publish import run

    run(
        site,
        remote,
        branch,
        message,
        history=history,
        yes=yes,
        dry_run=dry_run,
        over_limit=over_limit,
    )


@cablepress.command("release", short_help="Show what the release ledger does.")
@_content_option
@_date_option
def show_release(content: Path | None, date: str | None) -> None:
    """Show what the release ledger does, rule by rule; nothing is built."""
    from generator.cli.release import run

    run(content, date)


@cablepress.command(short_help="Make FOLDER, a project that builds at once.")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Use a folder that is not empty; existing files are kept.")
def new(folder: Path, *, force: bool) -> None:
    """Make FOLDER, a project that builds at once, with a few specimen cables."""
    from generator.cli.new import run

    run(folder, force=force)


@cablepress.group(short_help="Show and copy the templates of the site.")
def theme() -> None:
    """Show the templates and assets of the site, and copy them out to change them."""


@theme.command("list", short_help="Show all templates and assets.")
def list_theme() -> None:
    """Show all templates and assets, what each is for, and which of them are yours."""
    from generator.cli.theme import show

    show()


@theme.command(short_help="Copy a template or asset into templates/.")
@click.argument("name")
@click.option("--force", is_flag=True, help="Overwrite a file of your own.")
def eject(name: str, *, force: bool) -> None:
    """Copy the template or asset NAME, such as cable.html, into templates/, to be changed there."""
    from generator.cli.theme import eject

    eject(name, force=force)


@cablepress.command("import", short_help="Turn dumps into telegrams in content/.")
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@_content_option
@click.option("--dry-run", is_flag=True, help="Write nothing, and say what would be written.")
@_strict_option
def import_(sources: tuple[Path, ...], content: Path | None, *, dry_run: bool, strict: bool) -> None:
    """Turn dumps (pages of 2010, cables.csv, records, archives of them) into telegrams in content/."""
    from generator.cli.import_ import run

    run(sources, content, dry_run=dry_run, strict=strict)


@cablepress.command(short_help="Show what is understood of each telegram.")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object for each cable, one a line.")
def parse(files: tuple[str, ...], *, as_json: bool) -> None:
    """Show what is understood of each telegram; - reads standard input."""
    from generator.cli.parse import run

    run(files, as_json=as_json)
