"""Release: what may be published. Nothing downstream sees a text that did not pass here.

ledger = load_ledger(content)                                   content/release.toml; LedgerError
outcome = release(cable, path=..., front_matter=..., ledger=ledger, today=...)
use = LedgerUse(); use.add(outcome)                             counts, and rules that did nothing
"""

from generator.release.cleared import (
    MARK,
    WITHHELD_GAP,
    ClearedCable,
    RedactionNote,
    Withheld,
    decode_cleared,
    encode_cleared,
    join_encoded,
)
from generator.release.ledger import LEDGER_FILE, Ledger, LedgerError, load_ledger, read_ledger
from generator.release.own_rules import is_draft
from generator.release.release import HIGHEST, Release, redact_text, release
from generator.release.rule import Manner, Rule
from generator.release.use import LedgerUse, RuleUse

__all__ = [
    "HIGHEST",
    "LEDGER_FILE",
    "MARK",
    "WITHHELD_GAP",
    "ClearedCable",
    "Ledger",
    "LedgerError",
    "LedgerUse",
    "Manner",
    "RedactionNote",
    "Release",
    "Rule",
    "RuleUse",
    "Withheld",
    "decode_cleared",
    "encode_cleared",
    "is_draft",
    "join_encoded",
    "load_ledger",
    "read_ledger",
    "redact_text",
    "release",
]
