"""A regency's outlines beside its register: matched by code, and what is left over on either side."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from kbkit.results.geography import Outlines, RegencyMap


def match_outlines(outlines: Outlines | None, villages: pd.DataFrame) -> RegencyMap | None:
    """Match outlines with the register by Kemendagri code; ``None`` without outlines, or where none matches.

    Args:
        outlines: areas of the regency.
        villages: table ``villages`` of a dataset.
    """
    if outlines is None:
        return None
    register = set(villages[f"{outlines.level}_code"])
    drawn = tuple(area for area in outlines.areas if area.code in register)
    codes = {area.code for area in outlines.areas}
    if not drawn:
        return None
    return RegencyMap(
        outlines=replace(outlines, areas=drawn),
        without_outline=tuple(sorted(register - codes)),
        without_register=tuple(sorted(codes - register)),
    )
