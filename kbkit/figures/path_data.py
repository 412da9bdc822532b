"""Points in whole units as SVG path data, in as few bytes as steps from point to point give."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from matplotlib.path import Path

_MOVE, _LINE, _CLOSE = int(Path.MOVETO), int(Path.LINETO), int(Path.CLOSEPOLY)
_CURVES: Final = {int(Path.CURVE3): ("q", 2), int(Path.CURVE4): ("c", 3)}
"""Command of a curve, and how many points each takes."""


def write_path(points: Sequence[Sequence[int]], codes: Sequence[int]) -> str:
    """Return points with matplotlib's path codes as SVG path data; what comes after a stop is ignored."""
    parts: list[str] = []
    x = y = taken = 0
    for (to_x, to_y), code in zip(points, codes, strict=True):
        if code == _LINE:
            parts.append(_step(to_x - x, to_y - y))
            x, y = to_x, to_y
        elif code == _MOVE:
            parts.append(f"M{to_x} {to_y}")
            x, y = to_x, to_y
        elif code == _CLOSE:
            parts.append("z")
        elif code in _CURVES:
            command, size = _CURVES[code]
            parts.append(f"{' ' if taken else command}{to_x - x} {to_y - y}")
            taken = (taken + 1) % size
            if not taken:
                x, y = to_x, to_y
    return "".join(parts)


def _step(across: int, up: int) -> str:
    if not up:
        return f"h{across}"
    return f"l{across} {up}" if across else f"v{up}"
