"""Where the site of a call will be served: as said with the call, in the settings, or by the remote of git.

It is settled here, before anything is built: what is built knows settings alone.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from generator.cli.ending import WRONG_CALL, stop
from generator.settings import Settings, load_settings
from generator.settings.values import UnfitError, read_site_url


def with_address(settings: Settings, folder: Path, given: str | None = None) -> tuple[Settings, str]:
    """Settings that know the address of the site, and what told it; '' where the settings themselves do, or nothing does."""
    if given is not None:
        try:
            return replace(settings, site_url=read_site_url(given)), "--site-url"
        except UnfitError as expected:
            stop(f"--site-url must be {expected}, not {given!r}", WRONG_CALL)
    if settings.site_url is not None:
        return settings, ""
    if settings.publish.domain:
        return replace(settings, site_url=f"https://{settings.publish.domain}/"), "`domain` of the settings"
    from generator.publish.remote import pages_address_of  # most folders know their address, or have none

    address = pages_address_of(folder, settings.publish.remote)
    if address is None:
        return settings, ""
    return replace(settings, site_url=address), f"the git remote {settings.publish.remote}"


def settings_with_address() -> Callable[[Path], Settings]:
    """What reads the settings of a folder, again and again, with the address of its site. It raises SettingsError."""
    return lambda folder: with_address(load_settings(folder), folder)[0]
