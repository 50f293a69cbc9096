"""What is sent where: the site to its remote; of a split archive each part to a repository of its own, and the portal.

A part is what the manifest in its folder lists. Where the site has no manifests, it is all that lies there.
"""

import stat
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from generator.archive.address import MANIFEST
from generator.archive.manifest import read_line
from generator.build.standing import Finished, files_below
from generator.parts.cutting import Part
from generator.publish.git import without_password
from generator.publish.refusals import PublishRefused
from generator.publish.remote import github_repository
from generator.publish.repository import Remote
from generator.settings import Settings

_BUILD = "build the site: cablepress build"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shipment:
    """A site, or a part of one, that goes to a branch of its own."""

    name: str  # of the part; '' for the portal, and for a site that is not split
    folder: Path
    site: Finished
    remote: Remote
    settings: Settings  # as they are for this part
    said_address: str | None  # where it will be served, if the project itself says so


def whole_site(
    folder: Path, site: Finished, remote: Remote, settings: Settings, said_address: str | None
) -> Shipment:
    """A site that is not split."""
    return Shipment(
        name="", folder=folder, site=site, remote=remote, settings=settings, said_address=said_address
    )


def parts_of_site(
    parts: tuple[Part, ...], remote: Remote, settings: Settings, said_address: str | None
) -> list[Shipment]:
    """The parts of an archive, the portal last: it leads to all others. Raises PublishRefused."""
    if not settings.publish.part_remote:
        raise PublishRefused(
            "the settings do not say where the parts of the archive are pushed to; set `part_remote` under [publish], such as "
            '"https://github.com/OWNER/REPOSITORY-{part}.git"'
        )
    return [
        _shipment(part, remote, settings, said_address)
        for part in sorted(parts, key=lambda part: (not part.name, part.name))
    ]


def _shipment(part: Part, remote: Remote, settings: Settings, said_address: str | None) -> Shipment:
    site = _files_of(part.folder)
    if not part.name:
        return whole_site(part.folder, site, remote, settings, said_address)
    url = urlsplit(part.url)
    repository = github_repository(part.remote)
    # A host of its own, and not a folder of one, is the domain of its branch.
    is_domain = repository is not None and url.path == "/" and not part.url.endswith(".github.io/")
    own = replace(settings.publish, domain=url.hostname or "" if is_domain else "")
    return Shipment(
        name=part.name,
        folder=part.folder,
        site=site,
        remote=Remote(name=without_password(part.remote), address=part.remote, repository=repository),
        settings=replace(settings, site_url=part.url, publish=own),
        said_address=part.url,
    )


def _files_of(folder: Path) -> Finished:
    """The files of a part. Raises PublishRefused where they are not whole."""
    found: dict[str, int] = {}
    for address, status in files_below(folder) if folder.is_dir() else ():
        if stat.S_ISLNK(status.st_mode):
            raise PublishRefused(
                f"{folder}/{address} is a link, and what it leads to is not the site's; remove it, and {_BUILD}"
            )
        found[address] = status.st_size
    if not found:
        raise PublishRefused(f"there is nothing in {folder}; {_BUILD}")
    if MANIFEST not in found:
        return Finished(files=tuple(sorted(found.items())), foreign=())
    listed = {MANIFEST}
    for line in (folder / MANIFEST).read_bytes().splitlines():
        file = read_line(line)
        if file is None or file.address not in found:
            raise PublishRefused(f"{folder} is not what its {MANIFEST} says; remove it, and {_BUILD}")
        listed.add(file.address)
    return Finished(
        files=tuple(sorted((address, size) for address, size in found.items() if address in listed)),
        foreign=tuple(sorted(found.keys() - listed)),
    )
