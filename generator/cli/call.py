"""What several commands make of the words of a call: the settings of this folder, and the day."""

import os
from datetime import UTC, datetime
from datetime import date as Day  # noqa: N812 - a day of the calendar
from pathlib import Path

from generator.cli.ending import WRONG_CALL, stop
from generator.settings import Settings, SettingsError, load_settings


def settings_here() -> Settings:
    """The settings of this folder; without them, the end."""
    try:
        return load_settings(Path())
    except SettingsError as error:
        stop("the settings cannot be used\n" + "\n".join(error.messages), WRONG_CALL)


def today(written: str | None) -> Day:
    """The day by which embargoes end: as given, else of SOURCE_DATE_EPOCH, else today in UTC."""
    if written is None:
        epoch = os.environ.get("SOURCE_DATE_EPOCH")
        if not epoch:
            return datetime.now(UTC).date()
        try:
            return datetime.fromtimestamp(int(epoch), UTC).date()
        except (ValueError, OverflowError, OSError):
            stop(f"SOURCE_DATE_EPOCH must be seconds since 1970, not {epoch!r}", WRONG_CALL)
    try:
        return Day.fromisoformat(written)
    except ValueError:
        stop(f"--date must be a day such as 2026-11-24, not {written!r}", WRONG_CALL)
