"""Render: cables and catalogue to the text of pages, through templates/."""

from generator.render.site import SiteRenderer
from generator.render.template_use import template_digests
from generator.render.templates import TemplateProblem, builtin_templates, read_assets, template_folders

__all__ = [
    "SiteRenderer",
    "TemplateProblem",
    "builtin_templates",
    "read_assets",
    "template_digests",
    "template_folders",
]
