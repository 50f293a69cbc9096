"""Release: what may be published. Nothing downstream sees a text that did not pass here."""

from generator.release.cleared import ClearedCable, decode_cleared, encode_cleared
from generator.release.release import is_draft, release

__all__ = ["ClearedCable", "decode_cleared", "encode_cleared", "is_draft", "release"]
