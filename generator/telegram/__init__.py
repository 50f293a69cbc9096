"""Telegrams: text to Cable, without touching the disk."""
