"""Villages of the latest period as small areas: shrunken prevalences, their order, the funnel."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kbkit.analysis.disclosure import Disclosure, Range, suppressed
from kbkit.analysis.panel import measured
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


def describe_small_areas(
    panel: pd.DataFrame, villages: pd.DataFrame, *, disclosure: Disclosure, level: float
) -> SmallAreas | Undefined:
    """Describe the measured villages of the latest period, or say why their prevalences are not shown one by one.

    Prior and limits are rounded before anything is drawn from them: at full precision they would help to work out the
    hidden numbers that went into them.

    Args:
        panel: rows of :func:`~kbkit.analysis.panel.build_panel`.
        villages: table ``villages`` of a dataset, for the names.
        disclosure: what of the latest period is hidden.
        level: coverage of the intervals.
    """
    rows = panel[panel["period"] == panel["period"].max()]
    rows = rows[measured(rows)].merge(villages[["village_code", "village_name"]], on="village_code")
    stunted, n = (rows[name].to_numpy(dtype=np.float64) for name in ("children_stunted", "children_measured"))
    prior = shrink_proportions(cases=stunted, n=n, level=level).priors.get(None, Undefined(reason="nothing_measured"))
    if isinstance(prior, Undefined):
        return prior
    if prior.variance == 0:
        reason = "villages_alike" if stunted.any() else "no_case"
        return Undefined(reason=reason, details={"villages": prior.areas})
    if disclosure.total:
        return suppressed(disclosure.rule)
    codes = rows["village_code"]
    hidden = {place: disclosure.villages[code] for place, code in enumerate(codes) if code in disclosure.villages}
    return _describe(rows, stunted, n, _coarse(prior), hidden, level)


def _coarse(prior: Prior) -> Prior:
    """Return the prior with its mean to three decimals and its weight to two significant digits."""
    mean = min(max(round(prior.mean, 3), 0.001), 0.999)
    children = float(f"{prior.mean * (1 - prior.mean) / prior.variance - 1:.1e}")
    return Prior(mean=mean, variance=mean * (1 - mean) / (max(children, 1.0) + 1), areas=prior.areas)


def _describe(
    rows: pd.DataFrame, stunted: FloatArray, n: FloatArray, prior: Prior, hidden: Mapping[int, Range], level: float
) -> SmallAreas:
    fewest, most = stunted.copy(), stunted.copy()
    for place, (least, largest) in hidden.items():
        fewest[place], most[place] = least, largest
    low, high = (shrink_proportions(cases=cases, n=n, level=level, prior=prior).table for cases in (fewest, most))
    whole = float(stunted.sum() / n.sum())
    funnel, flags = _describe_funnel(stunted, n, fewest, most)
    rates = [
        VillageRate(
            village_code=row["village_code"],
            village_name=row["village_name"],
            district_name=row["district_name"],
            hidden=place in hidden,
            children_measured=int(n[place]),
            share_low=float(fewest[place] / n[place]),
            share_high=float(most[place] / n[place]),
            low=float(low["estimate"][place]),
            high=float(high["estimate"][place]),
            lower=float(low["lower"][place]),
            upper=float(high["upper"][place]),
            position=_position(low["lower"][place], high["upper"][place], whole, whole),
            funnel=flags[place],
        )
        for place, row in enumerate(rows.to_dict("records"))
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
    limits = pd.DataFrame(
        {
            "children_measured": n.astype(int),
            "lower": additive.table["lower"].round(3),
            "upper": additive.table["upper"].round(3),
            "binomial_lower": binomial.table["lower"].round(3),
            "binomial_upper": binomial.table["upper"].round(3),
        }
    )
    shares = zip(fewest / n, most / n, strict=True)
    flags = [
        _position(low, high, lower, upper)
        for (low, high), lower, upper in zip(shares, limits["lower"], limits["upper"], strict=True)
    ]
    curve = limits.drop_duplicates("children_measured").sort_values("children_measured")
    kept = np.unique(np.linspace(0, len(curve) - 1, min(len(curve), LIMITS_KEPT)).round().astype(int))
    funnel = Funnel(
        overdispersion=round(additive.phi, 1),
        level=additive.level,
        limits=tuple(
            FunnelLimit(**{str(name): value for name, value in row.items()})
            for row in curve.iloc[kept].to_dict("records")
        ),
        outside_binomial=sum(
            _position(low, high, lower, upper) != "between"
            for low, high, lower, upper in zip(
                fewest / n, most / n, limits["binomial_lower"], limits["binomial_upper"], strict=True
            )
        ),
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
