"""`cablepress serve`: the site in the browser, while the archive is edited."""

from pathlib import Path

from generator.build.report import BuildFailed
from generator.cli.call import today
from generator.cli.ending import UNFINISHED, WRONG_CALL, stop
from generator.cli.preview_terminal import PreviewTerminal
from generator.cli.site_address import settings_with_address
from generator.preview import PreviewRefused, Session, Wishes


def run(
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
    """Serve until Ctrl-C."""
    today(date)  # a wrong day is told before anything begins
    wishes = Wishes(
        host=host,
        port=port,
        content=content,
        drafts=drafts,
        poll=poll,
        reload=reload,
        open_browser=open_browser,
    )
    try:
        Session(
            Path(),
            wishes,
            PreviewTerminal(),
            today=lambda: today(date),
            read_settings=settings_with_address(),
        ).run()
    except PreviewRefused as error:
        stop(str(error), WRONG_CALL)
    except BuildFailed as error:
        stop(f"the preview could not begin: {error}", UNFINISHED)
