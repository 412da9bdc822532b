"""Areas placed on a page, before they are filled."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Shape = tuple[str, NDArray[np.float64]]
"""Code of an area and the points of one of its rings, shape ``(points, 2)``, y upwards."""


@dataclass(frozen=True, kw_only=True)
class Label:
    """A text whose lower left corner stands at a point, and the width that it has."""

    text: str
    x: float
    y: float
    width: float


@dataclass(frozen=True, kw_only=True)
class Picture:
    """Shapes on a page of ``width`` by ``height``, from the lower left corner, in one unit.

    Attributes:
        shapes: rings of areas.
        labels: texts among them.
        frames: boxes ``(x, y, width, height)`` of groups that do not stand where they are on the ground.
        kilometres: whether the unit is a kilometre.
    """

    shapes: tuple[Shape, ...]
    width: float
    height: float
    labels: tuple[Label, ...] = ()
    frames: tuple[tuple[float, float, float, float], ...] = ()
    kilometres: bool = False
