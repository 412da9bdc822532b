"""The mark of an office, read from its picture file."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path
from typing import Final, Literal

from kbkit.document import Emblem
from kbkit.text import Voice

_TYPES: Final[dict[str, Literal["image/svg+xml", "image/png", "image/jpeg"]]] = {
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
}


def read_emblem(path: str, *, office: str, voice: Voice) -> Emblem | None:
    """Return the mark of an office; none where no file is named.

    Args:
        path: PNG, SVG or JPEG; a batch checks it before anything runs.
        office: whose mark it is.
        voice: speaks the language of the report.

    Raises:
        OSError: the file cannot be read.
        KeyError: it is no picture by its name.
    """
    if not path:
        return None
    file = Path(path)
    data = b64encode(file.read_bytes()).decode("ascii")
    alt = voice.say("letter.logo_alt", office=office or voice.say("letter.some_office"))
    return Emblem(media_type=_TYPES[file.suffix.lower()], data=data, alt=alt)
