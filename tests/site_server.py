"""Servers as those are that hold the sites of others."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, ClassVar
from urllib.parse import urlsplit

from host_files import headers_of, read_headers, read_redirects


class SiteHandler(SimpleHTTPRequestHandler):
    """Answers with the site's own page what it does not have, and says nothing."""

    below: ClassVar[str]  # the folder in which the site lies

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = (Path(self.directory) / self.below / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, format: str, *words: Any) -> None:  # noqa: A002 - so it is called there
        pass


class GitHubPagesHandler(SiteHandler):
    """Answers as GitHub Pages does: no lists of folders, the same page for whatever is missing, and all may be kept ten minutes."""

    protocol_version = "HTTP/1.1"

    def translate_path(self, path: str) -> str:
        return super().translate_path(urlsplit(path).path)  # a proxy is asked for the whole address

    def list_directory(self, path: Any) -> None:
        self.send_error(404)

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "max-age=600")
        super().end_headers()


class PrettyHandler(SiteHandler):
    """Answers as Cloudflare Pages does: addresses lose '.html' and 'index.html', and `_headers` and `_redirects` are read."""

    below = ""

    def setup(self) -> None:
        super().setup()
        self._said: dict[str, str] = {}
        site = Path(self.directory)
        self._rules = read_headers((site / "_headers").read_text("utf-8"))
        self._redirects = read_redirects((site / "_redirects").read_text("utf-8"))

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        target, status = self._way(parts.path)
        if status in (200, 404):
            self.path = target
            self._said = headers_of(self._rules, parts.path)
            super().do_GET()
        else:
            self.send_response(status)
            self.send_header("Location", target + (f"?{parts.query}" if parts.query else ""))
            self.send_header("Content-Length", "0")
            self.end_headers()

    def send_header(self, keyword: str, value: str) -> None:
        if keyword.title() not in self._said:
            super().send_header(keyword, value)

    def end_headers(self) -> None:
        said, self._said = self._said, {}
        for name, value in said.items():
            self.send_header(name, value)
        super().end_headers()

    def _way(self, path: str) -> tuple[str, int]:
        """The file that is served, or where else to ask."""
        if path in self._redirects:
            return self._redirects[path], 301
        if path.endswith("/index.html"):
            return path.removesuffix("index.html"), 308
        if path.endswith(".html") and self._has(path):
            return path.removesuffix(".html"), 308
        if self._has(path):
            return path, 200
        if path.endswith("/"):
            if self._has(f"{path}index.html"):
                return f"{path}index.html", 200
            page = path.rstrip("/")
            return page, 308 if self._has(f"{page}.html") else 404
        if self._has(f"{path}.html"):
            return f"{path}.html", 200
        return f"{path}/", 308 if self._has(f"{path}/index.html") else 404

    def _has(self, path: str) -> bool:
        return Path(self.directory, path.lstrip("/")).is_file()


@contextmanager
def serving(handler: type[SiteHandler], folder: Path) -> Iterator[str]:
    """Serve a folder, which may be filled later; gives the root of its addresses."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
