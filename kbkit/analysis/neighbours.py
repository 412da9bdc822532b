"""Do neighbouring villages still resemble each other when the primary model has said its part?

What is left of a village over all periods, cases beyond those that the model expects in units of their binomial
standard error, is compared with the mean of what is left of its neighbours: villages whose outlines share a point of
their border. Where districts have fixed effects, which take each district's own level off, villages change places
within their district only: the question then is whether neighbours within a district are alike.
"""

from __future__ import annotations

from itertools import permutations
from typing import Final

import numpy as np

from kbkit.analysis.fitting import Fitted
from kbkit.analysis.rows import BoolArray, FloatArray, IntArray
from kbkit.methods import BinomialFit, morans_i
from kbkit.results import Undefined
from kbkit.results.geography import Outlines
from kbkit.results.sensitivity import Resemblance

PERMUTATIONS: Final = 999
"""Random orders; (orders + 1) times 5 % is whole."""


def describe_resemblance(primary: Fitted, *, outlines: Outlines | None, seed: int) -> Resemblance | Undefined:
    """Measure how alike neighbouring villages are in what the primary model leaves over.

    Args:
        primary: the primary model, fitted.
        outlines: the regency's boundaries; without those of villages nobody knows who is whose neighbour.
        seed: of the random orders.
    """
    fit, rows = primary.by_score, primary.rows
    if isinstance(fit, Undefined):
        return fit
    if outlines is None or outlines.level != "village":
        return Undefined(reason="no_neighbours")
    present = np.unique(rows.village)
    touching = find_touching(outlines, tuple(rows.names.villages[code] for code in present))
    found = morans_i(
        values=_left_over(fit, rows.village)[present],
        weights=touching / np.maximum(touching.sum(axis=1, keepdims=True), 1),
        seed=seed,
        permutations=PERMUTATIONS,
        within=_districts(primary)[present] if primary.district_effects else None,
    )
    if isinstance(found, Undefined):
        return found
    return Resemblance(
        estimate=found.estimate,
        expected=found.permutation_mean,
        p_value=found.permutation_p_value,
        permutations=found.permutations,
        villages=found.n_units,
    )


def _districts(primary: Fitted) -> IntArray:
    """Return the district of every village code, shape ``(codes,)``."""
    districts = np.zeros(len(primary.rows.names.villages), dtype=np.int64)
    districts[primary.rows.village] = primary.rows.district
    return districts


def _left_over(fit: BinomialFit, village: IntArray) -> FloatArray:
    """Return the standardised residual of every village code, shape ``(codes,)``."""
    chance = 1 / (1 + np.exp(-fit.design @ fit.log_odds))
    beyond = np.bincount(village, weights=fit.cases - fit.n * chance)
    variance = np.bincount(village, weights=fit.n * chance * (1 - chance))
    left: FloatArray = np.divide(beyond, np.sqrt(variance), out=np.zeros_like(beyond), where=variance > 0)
    return left


def find_touching(outlines: Outlines, codes: tuple[str, ...]) -> BoolArray:
    """Return which areas share a point of their border, shape ``(codes, codes)``; an area without outline none.

    Neighbours keep the same points of a border when it is simplified, so that equal points are enough.
    """
    places = {code: place for place, code in enumerate(codes)}
    owners: dict[tuple[str, str], set[int]] = {}
    for area in outlines.areas:
        if area.code in places:
            for ring in area.rings:
                numbers = ring.split()
                for point in zip(numbers[::2], numbers[1::2], strict=True):
                    owners.setdefault(point, set()).add(places[area.code])
    touching = np.zeros((len(codes), len(codes)), dtype=np.bool_)
    for pair in {pair for areas in owners.values() for pair in permutations(areas, 2)}:
        touching[pair] = True
    return touching
