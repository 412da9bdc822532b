"""Survey prevalences of a regency: another measure than the registry, with its interval."""

from __future__ import annotations

from typing import Final

import pandas as pd

from kbkit.demo.streams import Streams
from kbkit.demo.truth import RegencyTruth
from kbkit.domain.stunting import SURVEY_YEARS

_YEARS: Final = (2021, 2022, 2023, 2024)
_STEP: Final = -0.012
"""Change of the prevalence from year to year."""
_STANDARD_ERROR: Final = 0.016
"""Of a regency's estimate, design effect included (some 750 children)."""


def draw_surveys(*, regency: RegencyTruth, streams: Streams) -> pd.DataFrame:
    """Draw the estimates of SSGI 2021, SSGI 2022, SKI 2023 and SSGI 2024 around their truth.

    Returns:
        One row a year: regency_code, year, survey, prevalence, lower, upper (0-1; 95 percent).
    """
    errors = streams.generator("surveys").normal(scale=_STANDARD_ERROR, size=len(_YEARS))
    level = regency.prevalence * regency.survey_ratio
    estimates = [round(level + _STEP * step + error, 3) for step, error in enumerate(errors)]
    return pd.DataFrame(
        {
            "regency_code": regency.code,
            "year": _YEARS,
            "survey": [SURVEY_YEARS[year].value for year in _YEARS],
            "prevalence": estimates,
            "lower": [round(estimate - 1.96 * _STANDARD_ERROR, 3) for estimate in estimates],
            "upper": [round(estimate + 1.96 * _STANDARD_ERROR, 3) for estimate in estimates],
        }
    )
