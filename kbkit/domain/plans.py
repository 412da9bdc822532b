"""Words of a joint plan: what may be said of one of its lines when the workbook of the meeting comes back."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal, get_args

from kbkit.domain.spelling import plain_words

Status = Literal["running", "done", "dropped"]
STATUSES: Final[tuple[Status, ...]] = get_args(Status)
"""An empty status is no status: nobody reported."""

STATUS_NAMES: Final[Mapping[Status, str]] = MappingProxyType(
    {"running": "Berjalan", "done": "Selesai", "dropped": "Dibatalkan"}
)
"""Status -> its Indonesian word, as the drop-down of the workbook has it."""

_KEYS: Final[Mapping[str, Status]] = MappingProxyType(
    {plain_words(word): status for status, name in STATUS_NAMES.items() for word in (name, status)}
)


def draft_mark(intervention: str | None, agency: str, volume: float | None) -> str:
    """Return a short mark of what a draft says of a line; another mark says that the line was changed."""
    said = "|".join((intervention or "", agency, "" if volume is None else f"{volume:.10g}"))
    return hashlib.sha256(said.encode("utf-8")).hexdigest()[:12]


def status_key(written: str) -> Status | None:
    """Return the status that a text names, in Indonesian or English; ``None`` where it names none."""
    return _KEYS.get(plain_words(written))
