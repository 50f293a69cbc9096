"""Build: the engine that makes a site of a folder of telegrams, and the check that only reads them."""

from generator.build.check import CheckReport, check_archive
from generator.build.engine import build_site
from generator.build.report import BuildFailed, BuildRefused, BuildReport, ProblemGroup, Progress

__all__ = [
    "BuildFailed",
    "BuildRefused",
    "BuildReport",
    "CheckReport",
    "ProblemGroup",
    "Progress",
    "build_site",
    "check_archive",
]
