"""Build: the engine that makes a site of a folder of telegrams, and the check that only reads them."""

from generator.build.check import CheckReport, check_archive
from generator.build.engine import STATE_FOLDER, Engine, build_site
from generator.build.report import BuildFailed, BuildRefused, BuildReport, ProblemGroup, Progress
from generator.build.verify import Verification, verify_site

__all__ = [
    "STATE_FOLDER",
    "BuildFailed",
    "BuildRefused",
    "BuildReport",
    "CheckReport",
    "Engine",
    "ProblemGroup",
    "Progress",
    "Verification",
    "build_site",
    "check_archive",
    "verify_site",
]
