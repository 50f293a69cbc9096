"""The settings of a project: `settings.py` has the list of keys and reads them, each table is a module of its own."""

from generator.settings.settings import (
    SETTINGS_FILE,
    LexiconAdditions,
    Settings,
    SettingsError,
    commented_settings,
    load_settings,
    project_lexicon,
)

__all__ = [
    "SETTINGS_FILE",
    "LexiconAdditions",
    "Settings",
    "SettingsError",
    "commented_settings",
    "load_settings",
    "project_lexicon",
]
