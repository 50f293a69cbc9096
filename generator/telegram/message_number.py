"""The message reference number (MRN) of a telegram: which post sent it, and its serial there."""

import msgspec


class MessageNumber(msgspec.Struct, frozen=True, kw_only=True):
    """Post and serial as the classification line gives them."""

    post: str  # as in a reference id, 'PORTTARLENHEIM'
    post_name: str  # as written, 'PORT TARLENHEIM'
    serial: int  # 45 for '000045'
