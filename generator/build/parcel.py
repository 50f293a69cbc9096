"""How a batch comes back from a worker: in a file of the spool, so that only its name goes through the pipe.

A worker that is killed while it writes to the pipe leaves half a message there, and who reads it waits for the rest for
ever. A name is so short that the system writes it whole or not at all.
"""

from pathlib import Path
from uuid import uuid4

_ENDING = ".parcel"


def send(data: bytes, spool: Path | None) -> bytes | str:
    """Leave data in the spool, and give the name of its file; without a spool the data itself is sent."""
    if spool is None:
        return data
    name = f"{uuid4().hex}{_ENDING}"
    (spool / name).write_bytes(data)
    return name


def receive(sent: bytes | str, spool: Path | None) -> bytes:
    """The data that was sent; its file is gone then."""
    if isinstance(sent, bytes):
        return sent
    if spool is None:
        raise ValueError("only a job with a spool sends a name")
    file = spool / sent
    data = file.read_bytes()
    file.unlink()
    return data


def is_parcel(name: str) -> bool:
    """Whether a file of the spool is a parcel that nobody received."""
    return name.endswith(_ENDING)
