"""A publication before it is made: what goes where, and everything for which it is refused.

    plan_publication -> (a person says yes) -> the checks -> send_publication

All refusals that need no reading of the site stand here; each names what is in the way and the next step.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from generator.build.standing import Finished
from generator.inspection.budget import FILE_LIMIT, PAGES_LIMIT
from generator.publish.branch import Branch, is_publication
from generator.publish.refusals import PublishRefused
from generator.publish.repository import ProjectRepository, Remote, checked_out
from generator.render.words import counted
from generator.settings import Settings

_MOST_OTHERS = 5  # commits that are named
_SOURCES = ("main", "master")


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """What is to be published, and where."""

    remote: Remote
    branch: Branch
    site: Finished
    address: str | None  # where it will be served; None where nobody knows
    domain: str | None  # what CNAME will say
    domain_is_kept: bool  # since the branch says so, and settings do not
    keeps_history: bool
    warnings: tuple[str, ...]

    @property
    def is_first(self) -> bool:
        """Whether the branch is made by this publication."""
        return self.branch.tip is None


def plan_publication(
    remote: Remote,
    branch: Branch,
    site: Finished,
    settings: Settings,
    *,
    said_address: str | None,
    keeps_history: bool,
    over_limit: bool,
) -> Publication:
    """What publishing a site would do; `said_address` is `site_url` as the settings themselves have it.

    Raises PublishRefused where it must not be done.
    """
    _check_others(remote, branch)
    _check_size(site, over_limit=over_limit)
    _check_names(site)
    domain = _domain(branch, remote, settings, said_address)
    repository = remote.repository
    address = f"https://{domain}/" if domain else said_address
    if address is None:
        address = repository.pages_address if repository else settings.site_url
    return Publication(
        remote=remote,
        branch=branch,
        site=site,
        address=address,
        domain=domain,
        domain_is_kept=domain is not None and not settings.publish.domain,
        keeps_history=keeps_history,
        warnings=tuple(_warnings(settings, remote, address, domain)),
    )


def check_branch(project: ProjectRepository, name: str) -> None:
    """Refuse a branch of this repository that holds its sources, before anybody asks the remote."""
    place = checked_out(project, name)
    if place is not None:
        raise PublishRefused(
            f"the branch {name} is checked out in {place}, and a publication replaces all that is in a branch; "
            "name another, which holds the site alone: --branch gh-pages"
        )
    message = project.git.ask("log", "-1", "--format=%B", f"refs/heads/{name}", "--")
    if name in _SOURCES and message is not None and not is_publication(message):
        raise PublishRefused(
            f"the branch {name} holds the sources of this repository, and a publication replaces all that is in a branch; "
            "name another, which holds the site alone: --branch gh-pages"
        )


def _check_others(remote: Remote, branch: Branch) -> None:
    if not branch.others:
        return
    named = [
        f"  {commit.id[:10]} {commit.day} {commit.author}: {commit.subject}"
        for commit in branch.others[:_MOST_OTHERS]
    ]
    more = len(branch.others) - len(named)
    raise PublishRefused(
        "\n".join(
            [
                f"the branch {branch.name} of {remote.name} holds {counted(len(branch.others), 'commit')} that cablepress "
                "has not made, and a publication would replace what is in them:",
                *named,
                *([f"  and {more:,} more"] if more else []),
                "publish to another branch, which is made for it: --branch NAME; or, if nobody needs them, "
                "remove this one first:",
                f"  git push {remote.name} --delete {branch.name}",
            ]
        )
    )


def _check_size(site: Finished, *, over_limit: bool) -> None:
    if over_limit:
        return
    if site.size > PAGES_LIMIT:
        raise PublishRefused(
            f"the site has {site.size / 1e9:,.2f} GB, and GitHub Pages takes 1 GB; leave out the data files or the search "
            "([data] and [search] of the settings), split it by time or origin (`split` under [publish]), or, for a host that "
            "takes more, publish with --over-limit"
        )
    for address, size in site.files:
        if size > FILE_LIMIT:
            raise PublishRefused(
                f"{address} has {size / 1e6:,.1f} MB, and GitHub takes no file of more than 104.8 MB; leave it out, or, for "
                "a host that takes more, publish with --over-limit"
            )


def _check_names(site: Finished) -> None:
    for address, _ in site.files:
        if address == "CNAME":
            raise PublishRefused(
                "the site has a file CNAME of its own; remove it from content, and set `domain` under [publish] of the settings"
            )
        if address.startswith(".git/") or any(letter in address for letter in '\n"\\'):
            raise PublishRefused(f"{address!r} has a name that git cannot be given; rename its source")


def _domain(branch: Branch, remote: Remote, settings: Settings, said_address: str | None) -> str | None:
    """What CNAME is to say: the domain of the settings, else what it says. All that is known of the address must agree."""
    wished, there = settings.publish.domain or None, branch.cname or None
    host = urlsplit(said_address).hostname if said_address else None
    if wished and host and host != wished:
        raise PublishRefused(
            f"the settings disagree: `site_url` is at {host}, and `domain` under [publish] is {wished}; make them the same, "
            "and build"
        )
    expected, key = (wished, "`domain` under [publish]") if wished else (host, "`site_url`")
    if there and expected and there.lower() != expected:
        raise PublishRefused(
            f"CNAME on the branch {branch.name} of {remote.name} says {there}, and {key} of the settings says {expected}; "
            f"if {there} is right, set `domain` to it and build, else set the domain to {expected} under Settings > Pages of "
            "the repository, or remove CNAME from the branch"
        )
    return wished or there


def _warnings(settings: Settings, remote: Remote, address: str | None, domain: str | None) -> Iterator[str]:
    built = settings.site_url
    if built and address and urlsplit(built)[1:3] != urlsplit(address.lower() if domain else address)[1:3]:
        key = f'`domain = "{domain}"` under [publish]' if domain else f'`site_url = "{address}"`'
        yield f"the addresses in the site say {built}, and it is served at {address}; set {key}, and build"
    host = urlsplit(built).hostname if built and urlsplit(built).path == "/" else None
    if remote.repository and host and not domain and not host.endswith(".github.io"):
        yield f'no domain is set for the branch; if GitHub Pages is to serve {host}, set `domain = "{host}"` under [publish]'
    if remote.repository and settings.publish.redirects:
        yield (
            "GitHub Pages does not read _redirects, so that old addresses lead nowhere there; set `redirects = false` under "
            "[publish], and build"
        )
