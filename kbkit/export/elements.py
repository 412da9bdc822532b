"""What an exporter sets: the blocks of kbkit and two kinds that only foreign notebooks need."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kbkit.document import Block

MediaType = Literal["image/svg+xml", "image/png", "image/jpeg"]


@dataclass(frozen=True, kw_only=True)
class Listing:
    """Text whose lines and spaces count: what a cell printed, or the code in a Markdown cell.

    Attributes:
        text: the lines.
        title: the error in one line, where ``failed``.
        failed: the text is the traceback of a cell that failed.
    """

    text: str
    title: str = ""
    failed: bool = False
    kind: Literal["listing"] = "listing"


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A picture that a foreign cell displayed: it has no title, hence no number.

    Attributes:
        data: content of the file.
        media_type: its format.
        alt: text for who cannot see it; says at least which cell drew it.
    """

    data: bytes
    media_type: MediaType
    alt: str
    kind: Literal["picture"] = "picture"


Element = Block | Listing | Picture
