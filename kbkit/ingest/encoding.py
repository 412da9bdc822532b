"""Bytes to text: UTF-8 with or without a mark, UTF-16 with a mark, else the Windows code page of western offices."""

from __future__ import annotations

from typing import Final

from kbkit.ingest.unreadable import UnreadableError

_UTF16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")


def decode(content: bytes) -> str:
    """Return the text of a file.

    Raises:
        UnreadableError: the bytes are no text in any encoding that these exports come in.
    """
    if content.startswith(_UTF16_MARKS):
        return content.decode("utf-16", errors="replace")
    if b"\x00" in content[:4096]:
        raise UnreadableError("binary content")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")
