"""Makes a site one commit in the scratch repository, proves that it is the site byte for byte, and pushes it.

ghp-import makes the commit. It takes all that lies in a folder, so it is given one of links to the files that are to be
published, and no others. The push is one change of one branch, from what was seen there to the new commit or not at all. It
goes out from the repository of the project, with its settings, passwords and hooks, and reads objects from the scratch one.
"""

import hashlib
import os
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from generator.archive.address import MANIFEST
from generator.archive.manifest import read_line
from generator.publish.branch import MARK
from generator.publish.git import quoted_folder
from generator.publish.publication import Publication
from generator.publish.refusals import PublishFailed, PublishRefused, failure
from generator.publish.repository import ProjectRepository
from generator.publish.scratch import REMOTE, Scratch

_BLANKS = re.compile(r"\s+")
_LONGEST = 60  # letters of the first line of a message


def message_of(project: ProjectRepository, *, said: str, version: str) -> str:
    """The message of the commit: what was said, and where it comes from."""
    changed = " and changes that are not committed" if project.is_changed else ""
    source = [f"Source: {project.head}{changed}"] if project.head else []
    return "\n".join([said, "", f"{MARK} {version}", *source])


def first_line(title: str) -> str:
    """What a publication is called where nobody says otherwise."""
    words = _BLANKS.sub(" ", f"Publish {title}").strip()
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 3].rstrip()}..."


def pack_site(
    publication: Publication, project: ProjectRepository, scratch: Scratch, site: Path, message: str
) -> str:
    """Make the site a commit in the scratch repository. Raises PublishFailed where that is not the site."""
    folder, git = scratch.folder / "site", scratch.git
    _link(site, folder, (address for address, _ in publication.site.files))
    name = publication.branch.name
    if publication.keeps_history and publication.branch.tip:
        git.do("update-ref", f"refs/remotes/{REMOTE}/{name}", publication.branch.tip)
    said = git.run_program(
        *(sys.executable, "-P", "-m", "ghp_import", "--no-jekyll", f"--remote={REMOTE}", f"--branch={name}"),
        *([] if publication.keeps_history else ["--no-history"]),
        *([f"--cname={publication.domain}"] if publication.domain else []),
        f"--message={message}",
        os.fspath(folder),
        **_commit_environment(project),
    )
    commit = git.ask("rev-parse", "--verify", "--quiet", f"refs/heads/{name}^{{commit}}")
    if said.status or commit is None:
        raise failure("the site could not be packed", said.err)
    _prove(publication, project, scratch, folder, commit)
    return commit


def is_there_already(publication: Publication, scratch: Scratch, commit: str) -> bool:
    """Whether the branch holds the very same files."""
    return scratch.git.do("rev-parse", f"{commit}^{{tree}}") == publication.branch.tree


def push(publication: Publication, project: ProjectRepository, scratch: Scratch, commit: str) -> None:
    """Have the branch of the remote be a commit, if it is still what was seen. Raises PublishFailed."""
    remote, branch = publication.remote, publication.branch
    ref = f"refs/heads/{branch.name}"
    said = project.git.run(
        *("push", "--quiet", "--no-follow-tags", "--recurse-submodules=no", "--no-thin"),
        f"--force-with-lease={ref}:{branch.tip or ''}",
        *("--", remote.address, f"{commit}:{ref}"),
        GIT_ALTERNATE_OBJECT_DIRECTORIES=quoted_folder(scratch.objects),
    )
    if said.status:
        raise failure(
            f"{remote.label} has not taken the branch {branch.name}, which is as it was",
            "\n".join(filter(None, [said.err, said.text])),
        )


def _link(site: Path, folder: Path, addresses: Iterator[str]) -> None:
    """A folder of links to some files of a site; copies, where the system makes no links."""
    here = os.fspath(site.resolve())
    folders: set[str] = set()
    for address in addresses:
        path = f"{folder}/{address}"
        parent = path.rpartition("/")[0]
        if parent not in folders:
            os.makedirs(parent, exist_ok=True)  # noqa: PTH103 - thousands of them
            folders.add(parent)
        try:
            os.symlink(f"{here}/{address}", path)  # noqa: PTH211
        except OSError:
            shutil.copyfile(f"{here}/{address}", path)


def _commit_environment(project: ProjectRepository) -> dict[str, str]:
    """Who commits, and when: by the clock, or as the environment says."""
    found = {"GIT_COMMITTER_NAME": project.name, "GIT_COMMITTER_EMAIL": project.email}
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdecimal() and "GIT_COMMITTER_DATE" not in os.environ:
        found["GIT_COMMITTER_DATE"] = f"{epoch} +0000"
    return found


def _prove(
    publication: Publication, project: ProjectRepository, scratch: Scratch, folder: Path, commit: str
) -> None:
    """Compare the commit with the site, file by file: what was packed is what is there, and nothing else."""
    listed = scratch.git.run("ls-tree", "-r", "-z", "--full-tree", commit)
    if listed.status:
        raise failure("what was packed cannot be read", listed.err)
    packed: dict[bytes, bytes] = {}
    for entry in filter(None, listed.out.split(b"\0")):
        described, _, name = entry.partition(b"\t")
        packed[name] = described.split(b" ")[2]
    expected = {b".nojekyll": _object_id(b"", project.objects)}
    if publication.domain:
        expected[b"CNAME"] = _object_id(publication.domain.encode(), project.objects)
    listed_sums = _sums(folder / MANIFEST)
    for address, _ in publication.site.files:
        data = Path(f"{folder}/{address}").read_bytes()
        if listed_sums.get(address, sha256 := hashlib.sha256(data).digest()) != sha256:
            raise PublishRefused(
                f"{address} is not as the build has written it, and {MANIFEST} would not hold for it; remove that file, and "
                "build the site: cablepress build"
            )
        expected[os.fsencode(address)] = _object_id(data, project.objects)
    if packed != expected:
        differing = sorted(
            os.fsdecode(name)
            for name in packed.keys() | expected.keys()
            if packed.get(name) != expected.get(name)
        )
        raise PublishFailed(
            f"what was packed is not the site: {differing[0]} differs; did anything write there meanwhile? "
            "Nothing was published; build, and publish again"
        )


def _sums(manifest: Path) -> dict[str, bytes]:
    """What the manifest of a site says of its files; nothing where there is none."""
    lines = manifest.read_bytes().splitlines() if manifest.is_file() else []
    return {file.address: file.sha256 for file in map(read_line, lines) if file is not None}


def _object_id(data: bytes, objects: str) -> bytes:
    """The name that git gives to a file of some bytes."""
    digest = hashlib.new(objects, f"blob {len(data)}\0".encode(), usedforsecurity=False)
    digest.update(data)
    return digest.hexdigest().encode()
