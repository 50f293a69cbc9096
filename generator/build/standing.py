"""How a site stands to its sources: whether its last build was finished, and whether another would change anything.

Nothing is built here and no page is read. Sources are compared byte by byte with what was built of them, whatever their times
say; of the files of the site their names and sizes must be what the build has written.
"""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date as Day  # noqa: N812 - a day of the calendar
from pathlib import Path

from generator.archive.state import State
from generator.build.engine import STATE_FOLDER
from generator.build.inputs import Inputs
from generator.build.look import Look, look
from generator.build.place import Place
from generator.build.sources import Sources, check_content
from generator.build.tasks import digest_of
from generator.build.workers import InThisProcess
from generator.build.writing import is_temporary
from generator.release.ledger import load_ledger
from generator.render.template_files import template_folders
from generator.render.words import counted
from generator.settings import Settings

_BUILD = "build the site: cablepress build"

# What each input of a build is to who reads that it has changed.
_SETTINGS = "the settings or the options of the build"
_INPUTS = {
    "look": _SETTINGS,
    "theme": _SETTINGS,
    "rows_per_page": _SETTINGS,
    "search": _SETTINGS,
    "data": _SETTINGS,
    "words": _SETTINGS,
    "meanings": _SETTINGS,
    "release": "the ledger or what its embargoes say on this day",
    "template_stamps": "the templates",
}


class NotBuilt(Exception):
    """A site is not what a build would make of its sources now; the text says why, and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """A site that is what a build would make now."""

    files: tuple[tuple[str, int], ...]  # addresses and sizes of all that the build has written, by address
    foreign: tuple[str, ...]  # addresses of what else lies in the folder

    @property
    def size(self) -> int:
        """Bytes of all files that are ours."""
        return sum(size for _, size in self.files)


def finished_site(project: Path, settings: Settings, *, content: Path, site: Path, today: Day) -> Finished:
    """What a site holds. Raises NotBuilt, LedgerError, and BuildRefused where there is no content.

    The state is not to change meanwhile: see `lock`.
    """
    check_content(content)
    folder = (project / STATE_FOLDER).absolute()
    _check_folder(site, folder)
    with InThisProcess() as executor:
        place = Place(
            settings=settings,
            content=content.absolute(),
            site=site.absolute(),
            folder=folder,
            templates=template_folders((project / settings.templates).absolute()),
            executor=executor,
            workers=1,
            drafts=False,
            is_lasting=True,
        )
        looked = look(place, load_ledger(content), today, changed=None, reads_all=True)
    try:
        if looked.state is None:
            raise NotBuilt(
                f"{site} is not what was built last in this folder, as far as {STATE_FOLDER} tells; {_BUILD}"
            )
        _check_build(looked, looked.state, site)
        return _files(looked.state, site)
    finally:
        if looked.state is not None:
            looked.state.close()


def _check_folder(site: Path, state_folder: Path) -> None:
    if not site.exists():
        raise NotBuilt(f"there is no folder {site}; {_BUILD}")
    if not site.is_dir():
        raise NotBuilt(f"{site} is a file; remove it, and {_BUILD}")
    if state_folder.resolve() in (site.resolve(), *site.resolve().parents):
        raise NotBuilt(f"{site} is a preview, which cablepress serve has made; {_BUILD}")
    if not any(site.iterdir()):
        raise NotBuilt(f"{site} is empty; {_BUILD}")


def _check_build(looked: Look, state: State, site: Path) -> None:
    """Whether the last build was finished, and of what is there now."""
    old = looked.old
    if old is None or looked.sources is None:
        raise NotBuilt(f"{site} was built by another version of cablepress; {_BUILD}")
    if looked.last_report() is None:
        raise NotBuilt(f"the last build was not finished, and {site} holds a part of it; {_BUILD}")
    changed = list(dict.fromkeys(_changed(looked, state, old, looked.sources)))
    if changed:
        listed = " and ".join(filter(None, [", ".join(changed[:-1]), changed[-1]]))
        raise NotBuilt(f"{site} is out of date: {listed} changed since it was built; {_BUILD}")


def _changed(looked: Look, state: State, old: Inputs, sources: Sources) -> Iterator[str]:
    count = len(looked.gone)
    is_dated = False
    for task in sources.chosen():
        built = state.db.execute("SELECT digest FROM unit WHERE key = ?", (task.file.path,)).fetchone()
        try:
            digest = digest_of(Path(task.file.absolute).read_bytes())
        except OSError:
            digest = None  # as the state has it of what could not be read
        if built != (digest,):
            count += 1
        elif task.known is None and digest is not None and old.day != looked.inputs.day:
            is_dated = True  # chosen as if nothing were known of it
    if count:
        yield counted(count, "source")
    elif sources.problems != looked.told:
        yield "what cannot be read in content"
    if is_dated and old.release == looked.inputs.release and old.search == looked.inputs.search:
        yield "the day that decides an embargo"
    for name, words in _INPUTS.items():
        if getattr(old, name) != getattr(looked.inputs, name):
            yield words


def _files(state: State, site: Path) -> Finished:
    """All files of a site, each compared with what the state knows of it."""
    ours: dict[str, int | None] = dict(
        state.db.execute("SELECT address, size FROM cable UNION ALL SELECT address, size FROM page")
    )
    found: dict[str, int] = {}
    foreign: list[str] = []
    for address, status in files_below(site):
        if stat.S_ISLNK(status.st_mode):
            raise NotBuilt(
                f"{site}/{address} is a link, and what it leads to is not the site's; remove it, and {_BUILD}"
            )
        if address not in ours:
            foreign.append(address)
        elif status.st_size != ours[address] or not stat.S_ISREG(status.st_mode):
            raise NotBuilt(
                f"{site}/{address} is not as the build has written it; remove that file, and {_BUILD}"
            )
        else:
            found[address] = status.st_size
    missing = sorted(ours.keys() - found.keys())
    if missing:
        raise NotBuilt(
            f"{counted(len(missing), 'file')} of {site} {'is' if len(missing) == 1 else 'are'} missing, "
            f"such as {missing[0]}; {_BUILD}"
        )
    return Finished(
        files=tuple(sorted(found.items())),
        foreign=tuple(sorted(address for address in foreign if not is_temporary(address))),
    )


def files_below(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Every file and link below a folder, as it is, with its address; but for those of git, which no host publishes."""
    waiting = [("", os.fspath(folder))]
    while waiting:
        prefix, path = waiting.pop()
        with os.scandir(path) as entries:
            for entry in entries:
                if entry.name == ".git":
                    continue
                if entry.is_dir(follow_symlinks=False):
                    waiting.append((f"{prefix}{entry.name}/", entry.path))
                else:
                    yield prefix + entry.name, entry.stat(follow_symlinks=False)
