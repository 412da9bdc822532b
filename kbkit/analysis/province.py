"""``analyse_province``: the regencies of a batch together.

One regency has about one chance in three to show a difference of two points, so the claim is carried by the pooled
slopes, not by counting which regencies are significant. Only regencies whose comparison was made enter; regencies
that followed different plans are not pooled.
"""

from __future__ import annotations

from collections.abc import Sequence

from kbkit.methods import adjust_p_values, pool_random_effects
from kbkit.results import Contrast, Contrasted, Undefined
from kbkit.results.findings import Findings
from kbkit.results.province import Pooled, ProvinceFindings, RegencyLine


def analyse_province(findings: Sequence[Findings]) -> ProvinceFindings:
    """Summarise the regencies and pool their adjusted slopes.

    Slopes are pooled by random effects (REML) with the Knapp-Hartung interval and a prediction interval. p-values are
    adjusted by Holm over the regencies that were tested.

    Raises:
        ValueError: no findings, or intervals of different coverage.
    """
    levels = {item.level for item in findings}
    if len(levels) != 1:
        raise ValueError(f"findings of one level are needed, not {sorted(levels)}")
    ordered = sorted(findings, key=lambda item: item.regency.code)
    adjusted = _adjust([_bootstrap_p(item) for item in ordered])
    hashes = tuple(sorted({item.provenance.plan_hash for item in ordered}))
    return ProvinceFindings(
        regencies=tuple(_line(item, p) for item, p in zip(ordered, adjusted, strict=True)),
        pooled=_pool([_slope(item) for item in ordered], plans=len(hashes), level=levels.pop()),
        level=ordered[0].level,
        simulated=any(item.provenance.data_status != "actual" for item in ordered),
        plan_hashes=hashes,
    )


def _slope(findings: Findings) -> Contrasted:
    model = findings.association.adjusted
    return model.slope if model is not None else Undefined(reason="not_compared")


def _bootstrap_p(findings: Findings) -> float | Undefined:
    model = findings.association.adjusted
    return model.bootstrap_p if model is not None else Undefined(reason="not_compared")


def _adjust(p_values: list[float | Undefined]) -> list[float | Undefined]:
    """Adjust the p-values that exist; what was not tested does not count in their number."""
    family = [None if isinstance(p, Undefined) else p for p in p_values]
    adjusted = adjust_p_values(p=family, method="holm")
    return [raw if p is None else p for raw, p in zip(p_values, adjusted, strict=True)]


def _line(findings: Findings, adjusted_p: float | Undefined) -> RegencyLine:
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
    )


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
        regencies=len(made),
    )
