"""The outline of a regency's villages or districts, ready to draw: projected, simplified, on a grid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["village", "district"]


@dataclass(frozen=True, kw_only=True)
class Outline:
    """The rings of one area: outer ones run anticlockwise, holes clockwise.

    Each ring is text, ``"x y x y ..."``, whole numbers of the grid, open (the first point is not repeated): a page of
    findings stays readable, and a regency's map takes tens of kilobytes.
    """

    code: str
    rings: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Outlines:
    """The areas of a regency.

    Attributes:
        file: name of the file that they come from.
        level: whether the areas are villages or districts.
        unit_km: kilometres to a unit of the grid.
        areas: by code.
    """

    file: str
    level: Level
    unit_km: float
    areas: tuple[Outline, ...]


@dataclass(frozen=True, kw_only=True)
class RegencyMap:
    """The outlines of a regency beside its register.

    Attributes:
        outlines: areas of the register.
        without_outline: villages (or districts) of the register that the file lacks.
        without_register: codes of the file, of this regency, that the register lacks: they are not drawn.
    """

    outlines: Outlines
    without_outline: tuple[str, ...]
    without_register: tuple[str, ...]
