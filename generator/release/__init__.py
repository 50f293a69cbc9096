"""Release: what may be published. Nothing downstream sees a text that did not pass here.

ledger = load_ledger(content)                                   `ledger`; content/release.toml; LedgerError
outcome = release(cable, path=..., front_matter=..., ledger=ledger, today=...)                    `release`
use = LedgerUse(); use.add(outcome)                             `use`; counts, and rules that did nothing
"""
