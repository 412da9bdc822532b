"""``analyse_province``: the regencies of a batch together.

One regency has about one chance in three to show a difference of two points, so the claim is carried by the pooled
slopes, not by counting which regencies are significant. Only regencies whose comparison was made enter; regencies
that followed different plans are not pooled.
"""

from __future__ import annotations

from collections.abc import Sequence

from kbkit.analysis.plan import POWER
from kbkit.domain.editions import SMALL_CELLS
from kbkit.methods import PooledEstimate, adjust_p_values, minimum_detectable_difference, pool_random_effects
from kbkit.methods.p_values import Adjustment
from kbkit.results import Contrast, Contrasted, Undefined
from kbkit.results.findings import Findings, RegencyResult
from kbkit.results.province import Family, Pooled, ProvinceFindings, RegencyLine, TierContrast


def analyse_province(findings: Sequence[Findings | RegencyResult]) -> ProvinceFindings:
    """Summarise the regencies and pool their adjusted slopes.

    Slopes are pooled by random effects (REML) with the Knapp-Hartung interval and a prediction interval. Two families
    of p-values are declared: the regencies' slopes, confirmatory, adjusted by Holm over those that were tested; and
    their tier contrasts, exploratory, by Benjamini-Hochberg over all of them.

    Raises:
        ValueError: no findings, or intervals of different coverage.
    """
    levels = {item.level for item in findings}
    if len(levels) != 1:
        raise ValueError(f"findings of one level are needed, not {sorted(levels)}")
    ordered = sorted(findings, key=lambda item: item.regency.code)
    hashes = tuple(sorted({item.provenance.plan_hash for item in ordered}))
    pooled = _pool([_slope(item) for item in ordered], plans=len(hashes), level=levels.pop())
    slopes = _adjust([_bootstrap_p(item) for item in ordered], method="holm")
    contrasts = _adjust_contrasts(ordered)
    return ProvinceFindings(
        provinces=tuple(dict.fromkeys(item.regency.province_name for item in ordered)),
        regencies=tuple(_line(item, p, own, pooled) for item, p, own in zip(ordered, slopes, contrasts, strict=True)),
        pooled=pooled,
        families=(
            Family(name="slopes", method="holm", tests=_tested(slopes)),
            Family(name="contrasts", method="bh", tests=sum(_tested([c.adjusted_p for c in own]) for own in contrasts)),
        ),
        level=ordered[0].level,
        simulated=any(item.provenance.data_status != "actual" for item in ordered),
        edition=min((item.edition for item in ordered), key=list(SMALL_CELLS)[::-1].index),
        plan_hashes=hashes,
    )


def _slope(findings: Findings | RegencyResult) -> Contrasted:
    model = findings.association.adjusted
    return model.slope if model is not None else Undefined(reason="not_compared")


def _bootstrap_p(findings: Findings | RegencyResult) -> float | Undefined:
    model = findings.association.adjusted
    return model.bootstrap_p if model is not None else Undefined(reason="not_compared")


def _adjust(p_values: Sequence[float | Undefined], *, method: Adjustment) -> list[float | Undefined]:
    """Adjust the p-values that exist; what was not tested does not count in their number."""
    family = [None if isinstance(p, Undefined) else p for p in p_values]
    adjusted = adjust_p_values(p=family, method=method)
    return [raw if p is None else p for raw, p in zip(p_values, adjusted, strict=True)]


def _tested(p_values: Sequence[float | Undefined]) -> int:
    return sum(not isinstance(p, Undefined) for p in p_values)


def _adjust_contrasts(findings: Sequence[Findings | RegencyResult]) -> list[tuple[TierContrast, ...]]:
    """Return each regency's tier contrasts with their p-values adjusted over all regencies: exploratory, so BH."""
    own = [_contrasts(item) for item in findings]
    adjusted = iter(_adjust([_p_value(difference) for rows in own for _, difference in rows], method="bh"))
    return [
        tuple(TierContrast(tier=tier, difference=difference, adjusted_p=next(adjusted)) for tier, difference in rows)
        for rows in own
    ]


def _contrasts(findings: Findings | RegencyResult) -> list[tuple[str, Contrasted]]:
    association = findings.association
    tiers = association.adjusted.tiers if association.adjusted else ()
    return [(tier.tier, tier.difference) for tier in tiers if tier.tier != association.reference_tier]


def _p_value(difference: Contrasted) -> float | Undefined:
    if isinstance(difference, Undefined):
        return difference
    return Undefined(reason="no_variance") if difference.p_value is None else difference.p_value


def _line(
    findings: Findings | RegencyResult,
    adjusted_p: float | Undefined,
    contrasts: tuple[TierContrast, ...],
    pooled: Pooled | Undefined,
) -> RegencyLine:
    model = findings.association.adjusted
    latest = findings.stunting.latest if findings.stunting else None
    return RegencyLine(
        code=findings.regency.code,
        name=findings.regency.name,
        villages=findings.coverage.villages,
        coverage=latest.coverage if latest else None,
        prevalence=latest.prevalence if latest else Undefined(reason="nothing_measured"),
        verdict=findings.association.verdict,
        slope=_slope(findings),
        adjusted_p=adjusted_p,
        detectable=model.detectable if model is not None else Undefined(reason="not_compared"),
        shrunken=_shrink(_slope(findings), pooled),
        contrasts=contrasts,
    )


def _shrink(slope: Contrasted, pooled: Pooled | Undefined) -> float | Undefined:
    """Draw a slope towards the mean by its own uncertainty: the best linear predictor under random effects.

    ``(tau^2 b + se^2 m) / (tau^2 + se^2)``: Morris, Journal of the American Statistical Association 1983, 78:47-55. For
    display and order only; nothing is tested with it.
    """
    if isinstance(pooled, Undefined) or isinstance(pooled.mean, Undefined):
        return pooled if isinstance(pooled, Undefined) else Undefined(reason="no_variance")
    if isinstance(slope, Undefined) or slope.std_error is None:
        return slope if isinstance(slope, Undefined) else Undefined(reason="no_variance")
    between, within = pooled.tau**2, slope.std_error**2
    return (between * slope.estimate + within * pooled.mean.estimate) / (between + within)


def _pool(slopes: list[Contrasted], *, plans: int, level: float) -> Pooled | Undefined:
    made = [slope for slope in slopes if isinstance(slope, Contrast) and slope.std_error is not None]
    if plans > 1:
        return Undefined(reason="several_plans", details={"plans": plans})
    if len(made) < 2:
        return Undefined(reason="too_few_regencies", details={"regencies": len(made), "needed": 2})
    pooled = pool_random_effects(
        estimate=[slope.estimate for slope in made],
        variance=[(slope.std_error or 0.0) ** 2 for slope in made],
        method="REML",
        knapp_hartung=True,
        level=level,
    )
    if isinstance(pooled, Undefined):
        return pooled
    fields = {name: getattr(pooled, name) for name in Contrast.__dataclass_fields__ if name not in ("term", "scale")}
    return Pooled(
        mean=Contrast(term="tier_score", **fields),
        tau=pooled.tau2**0.5,
        i2=pooled.i2,
        prediction_lower=pooled.prediction_lower,
        prediction_upper=pooled.prediction_upper,
        detectable=_detectable(pooled, level),
        regencies=len(made),
    )


def _detectable(pooled: PooledEstimate, level: float) -> float | Undefined:
    if pooled.std_error is None:
        return Undefined(reason="no_variance")
    return minimum_detectable_difference(std_error=pooled.std_error, df=pooled.df, level=level, power=POWER)
