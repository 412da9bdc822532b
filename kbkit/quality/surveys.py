"""Checks of survey figures: which survey was held when, and figures that contradict each other."""

from __future__ import annotations

import pandas as pd

from kbkit.dataset.schema import PARTITION
from kbkit.domain.stunting import SURVEY_YEARS, Survey
from kbkit.quality.issue import Issue, issues_at


def check_surveys(rows: pd.DataFrame) -> list[Issue]:
    """Run every check on survey rows that have their regency code."""
    return [*check_survey_years(rows), *check_contradictions(rows)]


def check_survey_years(rows: pd.DataFrame) -> list[Issue]:
    """A label that names one of the national surveys in a year in which another one was held ("SSGI 2023")."""
    held = rows["year"].map({year: str(survey) for year, survey in SURVEY_YEARS.items()})
    national = rows["survey"].isin([str(survey) for survey in Survey])
    labelled = rows.assign(
        _label=rows["survey"] + " " + rows["year"].astype("string"), _held=held + " " + rows["year"].astype("string")
    )
    return issues_at(
        labelled,
        national & held.notna() & (rows["survey"] != held),
        code="quality.survey_mislabelled",
        severity="warning",
        found="_label",
        allowed="_held",
    )


def check_contradictions(rows: pd.DataFrame) -> list[Issue]:
    """Two prevalences for one regency, survey and year."""
    figures = rows.groupby([PARTITION, "survey", "year"])["prevalence"].transform("nunique")
    shown = rows.assign(_percent=(100 * rows["prevalence"]).round(2).astype("string"))
    return issues_at(shown, figures > 1, code="quality.survey_contradicts", severity="warning", found="_percent")
