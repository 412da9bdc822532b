"""Villages of the latest period as small areas: shrunken prevalences, their order, the funnel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kbkit.analysis.disclosure import Disclosure, Range, suppressed
from kbkit.analysis.rows import Rows
from kbkit.methods import Prior, funnel_limits, shrink_proportions
from kbkit.results import Undefined
from kbkit.results.small_areas import Funnel, FunnelLimit, Position, SmallAreas, VillageRate

LIMITS_KEPT: Final = 60
"""Points of the funnel's curve: more cannot be told apart on a page."""

CLASS_STEPS: Final = (0.005, 0.01, 0.02, 0.025, 0.05, 0.10)
"""Widths that a class of a map may have: round in percent."""

CLASSES: Final = 5
"""Classes of a map: more greys than five cannot be told apart in print."""

FloatArray = NDArray[np.float64]

VillageName = tuple[str, str, str]
"""Code, name and district of a village."""


def describe_small_areas(
    rows: Rows, villages: pd.DataFrame, *, disclosure: Disclosure, level: float
) -> SmallAreas | Undefined:
    """Describe the measured villages of the latest period, or say why their prevalences are not shown one by one.

    Prior and limits are rounded before anything is drawn from them: at full precision they would help to work out the
    hidden numbers that went into them.

    Args:
        rows: rows of all villages and periods, hidden numbers replaced (:mod:`kbkit.analysis.stand_ins`).
        villages: table ``villages`` of a dataset, for the names.
        disclosure: what of the latest period is hidden.
        level: coverage of the intervals.
    """
    latest = rows.latest()
    latest = latest.take(latest.has_prevalence)
    stunted, n = latest.stunted, latest.measured
    prior = shrink_proportions(cases=stunted, n=n, level=level).priors.get(None, Undefined(reason="nothing_measured"))
    if isinstance(prior, Undefined):
        return prior
    if prior.variance == 0:
        reason = "villages_alike" if stunted.any() else "no_case"
        return Undefined(reason=reason, details={"villages": prior.areas})
    if disclosure.total:
        return suppressed(disclosure.rule)
    named = dict(zip(villages["village_code"], villages["village_name"], strict=True))
    return _describe(_name(latest, named), stunted, n, _coarse(prior), disclosure.villages, level)


def _name(latest: Rows, names: Mapping[str, str]) -> list[VillageName]:
    """Return code, name and district of the villages of rows."""
    codes = (latest.names.villages[village] for village in latest.village)
    districts = (latest.names.district_names[district] for district in latest.district)
    return [(code, names[code], district) for code, district in zip(codes, districts, strict=True)]


def _coarse(prior: Prior) -> Prior:
    """Return the prior with its mean to three decimals and its weight to two significant digits."""
    mean = min(max(round(prior.mean, 3), 0.001), 0.999)
    children = float(f"{prior.mean * (1 - prior.mean) / prior.variance - 1:.1e}")
    return Prior(mean=mean, variance=mean * (1 - mean) / (max(children, 1.0) + 1), areas=prior.areas)


def _describe(
    places: Sequence[VillageName],
    stunted: FloatArray,
    n: FloatArray,
    prior: Prior,
    hidden: Mapping[str, Range],
    level: float,
) -> SmallAreas:
    ranges = [hidden.get(code, (cases, cases)) for (code, _, _), cases in zip(places, stunted, strict=True)]
    fewest, most = np.array(ranges, dtype=np.float64).T
    low, high = (shrink_proportions(cases=cases, n=n, level=level, prior=prior).table for cases in (fewest, most))
    whole = float(stunted.sum() / n.sum())
    funnel, flags = _describe_funnel(stunted, n, fewest, most)
    drawn = (fewest / n, most / n, low["estimate"], high["estimate"], low["lower"], high["upper"])
    numbers = np.column_stack(drawn).tolist()
    rates = [
        VillageRate(
            village_code=code,
            village_name=name,
            district_name=district,
            hidden=code in hidden,
            children_measured=int(children),
            share_low=share_low,
            share_high=share_high,
            low=least,
            high=largest,
            lower=lower,
            upper=upper,
            position=_position(lower, upper, whole, whole),
            funnel=flag,
        )
        for (code, name, district), children, flag, (share_low, share_high, least, largest, lower, upper) in zip(
            places, n, flags, numbers, strict=True
        )
    ]
    ordered = tuple(sorted(rates, key=lambda rate: (rate.middle, rate.village_code)))
    return SmallAreas(
        prevalence=whole,
        prior_mean=prior.mean,
        prior_children=round(prior.mean * (1 - prior.mean) / prior.variance - 1),
        level=level,
        rates=ordered,
        overlapping_highest=sum(rate.upper >= ordered[-1].lower for rate in ordered[:-1]),
        classes=choose_classes([rate.middle for rate in ordered]),
        funnel=funnel,
    )


def _position(least: float, largest: float, lower: float, upper: float) -> Position:
    """Return where a range as a whole lies beside two limits."""
    return "above" if least > upper else "below" if largest < lower else "between"


def _describe_funnel(
    stunted: FloatArray, n: FloatArray, fewest: FloatArray, most: FloatArray
) -> tuple[Funnel | Undefined, list[Position]]:
    """Return the funnel, and where each village's share lies; a hidden one is outside only if all its range is."""
    additive = funnel_limits(cases=stunted, n=n)
    binomial = funnel_limits(cases=stunted, n=n, overdispersion="none")
    if isinstance(additive, Undefined) or isinstance(binomial, Undefined):
        return (additive if isinstance(additive, Undefined) else Undefined(reason="no_variance")), ["between"] * n.size
    bounds = np.array([method.table[side].round(3) for method in (additive, binomial) for side in ("lower", "upper")])
    shares = np.stack([fewest / n, most / n])
    flags, binomial_flags = (
        [_position(*village) for village in zip(*shares, *limits, strict=True)] for limits in (bounds[:2], bounds[2:])
    )
    sizes, first = np.unique(n, return_index=True)
    kept = np.unique(np.linspace(0, sizes.size - 1, min(sizes.size, LIMITS_KEPT)).round().astype(int))
    funnel = Funnel(
        overdispersion=round(additive.phi, 1),
        level=additive.level,
        limits=tuple(
            FunnelLimit(
                children_measured=int(size),
                lower=lower,
                upper=upper,
                binomial_lower=binomial_lower,
                binomial_upper=binomial_upper,
            )
            for size, (lower, upper, binomial_lower, binomial_upper) in zip(
                sizes[kept], bounds[:, first[kept]].T.tolist(), strict=True
            )
        ),
        outside_binomial=sum(flag != "between" for flag in binomial_flags),
    )
    return funnel, flags


def choose_classes(values: list[float]) -> tuple[float, ...]:
    """Return the inner limits of at most :data:`CLASSES` classes of one round width that part most of the values.

    The width is the smallest with which the classes reach from the 5th to the 95th percentile.
    """
    low, high = np.quantile(values, [0.05, 0.95])
    step = next((step for step in CLASS_STEPS if _inner(low, high, step) < CLASSES), CLASS_STEPS[-1])
    first = int(np.floor(low / step + 1e-9)) + 1
    inner = [first + place for place in range(min(max(_inner(low, high, step), 1), CLASSES - 1))]
    return tuple(round(step * place, 4) for place in inner)


def _inner(low: float, high: float, step: float) -> int:
    """Return how many multiples of a step lie between two values."""
    return int(np.ceil(high / step - 1e-9) - 1 - np.floor(low / step + 1e-9))
