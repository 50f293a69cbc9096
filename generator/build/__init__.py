"""Build: the engine that makes a site of a folder of telegrams."""

from generator.build.engine import BuildFailed, BuildRefused, Progress, build_site
from generator.build.report import BuildReport, ProblemGroup

__all__ = ["BuildFailed", "BuildRefused", "BuildReport", "ProblemGroup", "Progress", "build_site"]
