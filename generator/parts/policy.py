"""A Content-Security-Policy, and what it must say for a page to reach another host."""

from collections.abc import Iterable

_DEFAULT = "default-src"
_NOT_BY_DEFAULT = frozenset(("form-action",))  # which stands for itself, and permits all where it is not said


def permitting(policy: str, asked: Iterable[tuple[str, str]]) -> str:
    """A policy that permits besides what is asked, a directive and a host each; in the same order whatever that of `asked`."""
    directives: dict[str, list[str]] = {}
    for part in policy.split(";"):
        name, *sources = part.split() or [""]
        if name:
            directives.setdefault(name.lower(), sources)
    for directive, host in sorted(asked):
        if directive not in directives:
            if directive in _NOT_BY_DEFAULT or _DEFAULT not in directives:
                continue
            directives[directive] = list(directives[_DEFAULT])
        sources = directives[directive]
        if host not in sources:
            sources[:] = [*(source for source in sources if source != "'none'"), host]
    return "; ".join(" ".join([name, *sources]) for name, sources in directives.items())
