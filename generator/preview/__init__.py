"""Preview: watch the project, rebuild what a change affects, serve it, and reload the browser.

    watching -> changes -> rebuilding -> news -> server -> preview.js in the page

`session` ties them together. It builds into `.cablepress/preview/`, never into site/.
"""

from generator.preview.session import DEFAULT_HOST, DEFAULT_PORT, PreviewRefused, Session, Wishes

__all__ = ["DEFAULT_HOST", "DEFAULT_PORT", "PreviewRefused", "Session", "Wishes"]
