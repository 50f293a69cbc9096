"""A server as those are that hold the sites of others."""

from http.server import SimpleHTTPRequestHandler
from pathlib import Path
from typing import Any, ClassVar


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
