"""The sheet of a statistical method: what it estimates, how, on what assumptions, checked against what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

HEADINGS: Final = ("Estimand", "Formula", "Assumptions", "Edge cases", "Source", "Checked against")
"""The parts of every sheet, in this order."""


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One method's sheet, in English, the language of the code and of the papers.

    Attributes:
        module: name of the module in ``kbkit.methods``.
        title: the method in one sentence.
        parts: text under each of :data:`HEADINGS`; paragraphs are separated by a newline.
    """

    module: str
    title: str
    parts: Mapping[str, str]
