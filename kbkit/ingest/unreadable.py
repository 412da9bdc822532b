"""The one way an opener says that it cannot read a file."""

from __future__ import annotations


class UnreadableError(Exception):
    """A file whose bytes cannot be read as what they seem to be. ``code`` is the code of the fault."""

    def __init__(self, message: str, *, code: str = "ingest.cannot_read") -> None:
        self.code = code
        super().__init__((message.splitlines() or ["?"])[0][:200])
