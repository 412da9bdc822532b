"""Children of a village: how many, how many are stunted, how many are measured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from kbkit.demo.arrays import NO_TIER, Counts, Reals
from kbkit.demo.streams import Streams
from kbkit.demo.truth import RegencyTruth, Truth

_SIZE_SPREAD: Final = 0.42
"""Standard deviation of the log number of children between villages."""
_SIZE_CHANGE: Final = 0.03
"""The same between the periods of a village."""
_SMALLEST_VILLAGE: Final = 12


@dataclass(frozen=True, kw_only=True)
class Children:
    """Counts and probabilities, each of shape (villages, periods).

    Attributes:
        linear_without_tier: logit of the probability without the tier's term.
        probability: probability of stunting given tier, disadvantage and district (expectation over the village).
        target: children under five.
        measured: children measured.
        stunted: measured children who are stunted.
        severe: measured children who are severely stunted.
    """

    linear_without_tier: Reals
    probability: Reals
    target: Counts
    measured: Counts
    stunted: Counts
    severe: Counts


def expit(linear: Reals) -> Reals:
    """Return the probability of a logit."""
    probability: Reals = 1 / (1 + np.exp(-linear))
    return probability


def draw_children(
    *, tiers: Counts, disadvantage: Reals, districts: Counts, regency: RegencyTruth, truth: Truth, streams: Streams
) -> Children:
    """Draw the children of each village and period.

    Args:
        tiers: tier score or ``NO_TIER``, shape (villages, periods).
        disadvantage: shape (villages,).
        districts: index of the district of each village, shape (villages,).
        regency: level of the prevalence and size of the villages.
        truth: parameters.
        streams: branch of the regency.
    """
    base = np.log(regency.prevalence / (1 - regency.prevalence))
    place = base + _draw_district_terms(districts, truth, streams)[districts] + truth.disadvantage_slope * disadvantage
    linear = place[:, None] + truth.trend * np.arange(len(truth.periods))
    probability = expit(linear + truth.tier_slope * np.where(tiers == NO_TIER, 0, tiers))
    target = _draw_targets(tiers.shape, regency, streams)
    measured = _draw_measured(target, tiers, truth, streams)
    stunted_all = streams.generator("stunted").binomial(target, _draw_village_rates(probability, truth, streams))
    stunted = streams.generator("sample").hypergeometric(stunted_all, target - stunted_all, measured)
    return Children(
        linear_without_tier=linear,
        probability=probability,
        target=target,
        measured=measured,
        stunted=stunted,
        severe=streams.generator("severe").binomial(stunted, truth.severe_share),
    )


def _draw_district_terms(districts: Counts, truth: Truth, streams: Streams) -> Reals:
    drawn = truth.district_sd * streams.generator("district").standard_normal(districts.max() + 1)
    centred: Reals = drawn - drawn[districts].mean()
    return centred


def _draw_targets(shape: tuple[int, ...], regency: RegencyTruth, streams: Streams) -> Counts:
    size = _SIZE_SPREAD * streams.generator("size").standard_normal((shape[0], 1))
    change = _SIZE_CHANGE * streams.generator("size", "change").standard_normal(shape)
    drawn = np.rint(regency.children * np.exp(size + change)).astype(np.int64)
    targets: Counts = np.maximum(drawn, _SMALLEST_VILLAGE)
    return targets


def _draw_measured(target: Counts, tiers: Counts, truth: Truth, streams: Streams) -> Counts:
    expected = np.asarray(truth.coverage)[np.where(tiers == NO_TIER, 0, tiers)]
    noise = truth.coverage_noise * streams.generator("coverage").standard_normal((len(target), 1))
    return streams.generator("measured").binomial(target, np.clip(expected + noise, 0.05, 0.98))


def _draw_village_rates(probability: Reals, truth: Truth, streams: Streams) -> Reals:
    """Draw ``F_i(p_it)`` of a Dirichlet process: each a Beta with mean ``p_it``, all of one village tied together.

    On the points p_(1) <= ... <= p_(T) the increments of F are Dirichlet with parameters concentration x gap, drawn
    as normalised gamma variables.
    """
    concentration = 1 / truth.intracluster_correlation - 1
    order = np.argsort(probability, axis=1)
    ascending = np.take_along_axis(probability, order, axis=1)
    gaps = np.diff(ascending, axis=1, prepend=0.0, append=1.0)
    gammas = streams.generator("village").standard_gamma(concentration * gaps)
    cumulated = np.cumsum(gammas, axis=1)
    rates = np.empty_like(probability)
    np.put_along_axis(rates, order, cumulated[:, :-1] / cumulated[:, -1:], axis=1)
    return rates
