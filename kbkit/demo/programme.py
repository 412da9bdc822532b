"""Disadvantage, the choice of Kampung KB villages, and their tiers through the snapshots."""

from __future__ import annotations

from typing import Final

import numpy as np

from kbkit.demo.arrays import NO_TIER, Counts, Reals
from kbkit.demo.streams import Streams
from kbkit.demo.truth import RegencyTruth, Truth

_TRUNCATION: Final = 2.5


def draw_disadvantage(*, districts: Counts, truth: Truth, streams: Streams) -> Reals:
    """Draw the disadvantage of each village: mean 0, standard deviation 1 within the regency.

    Args:
        districts: index of the district of each village, shape (villages,).
        truth: parameters.
        streams: branch of the regency.
    """
    shared = streams.generator("disadvantage", "district").standard_normal(districts.max() + 1)
    own = streams.generator("disadvantage", "village").standard_normal(len(districts))
    share = truth.disadvantage_district_share
    drawn = np.clip(np.sqrt(share) * shared[districts] + np.sqrt(1 - share) * own, -_TRUNCATION, _TRUNCATION)
    standardised: Reals = (drawn - drawn.mean()) / drawn.std()
    return standardised


def draw_tier_scores(*, disadvantage: Reals, regency: RegencyTruth, truth: Truth, streams: Streams) -> Counts:
    """Draw the tier score of each village at each snapshot.

    Args:
        disadvantage: shape (villages,).
        regency: tier counts and numbers of Kampung KB.
        truth: parameters.
        streams: branch of the regency.

    Returns:
        Scores 0-3, or :data:`NO_TIER`, shape (villages, snapshots).
    """
    villages, snapshots = len(disadvantage), len(truth.snapshots)
    own = streams.generator("programme", "village").standard_normal(villages)
    noise = streams.generator("programme", "moves").standard_normal((villages, snapshots))
    merit = truth.selection * disadvantage + np.sqrt(1 - truth.selection**2) * own
    progress = merit[:, None] - truth.programme_step * np.arange(snapshots)[::-1] + truth.programme_noise * noise
    rank = np.argsort(np.argsort(-merit))
    launched = rank[:, None] < np.asarray(regency.kampung_kb)
    cuts = _cut_points(progress[launched[:, -1], -1], regency.tiers)
    scores = np.searchsorted(cuts, progress, side="right")
    return np.where(launched, scores, NO_TIER).astype(np.int64)


def _cut_points(progress: Reals, tiers: tuple[int, ...]) -> Reals:
    """Return the three cut points that put the wanted number of villages into each tier.

    A cut below which nobody may stand is the lowest value itself: who stood lower at an earlier snapshot falls below.
    """
    ordered = np.sort(progress)
    padded = np.concatenate([ordered[:1], ordered, [np.inf]])
    below = np.cumsum(tiers)[:-1]
    cuts: Reals = (padded[below] + padded[below + 1]) / 2
    return cuts
