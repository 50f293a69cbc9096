"""Render: cables and catalogue to the text of pages, through templates/."""

from generator.render.site import SiteRenderer
from generator.render.templates import TemplateProblem, builtin_templates, read_assets

__all__ = ["SiteRenderer", "TemplateProblem", "builtin_templates", "read_assets"]
