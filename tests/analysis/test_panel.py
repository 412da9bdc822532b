"""The panel: which tier belongs to which measurement, and what missing means."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from kbkit.analysis.panel import build_panel, village_coverage
from kbkit.analysis.rows import as_rows
from tests.analysis.regencies import measure, regency, tier, village

A, B, C = (village(number) for number in (1, 2, 3))


def test_a_tier_scored_after_the_measurement_is_not_joined() -> None:
    data = regency(
        villages=[A],
        tiers=[
            tier(A["village_code"], "dasar", dt.date(2023, 1, 4)),
            tier(A["village_code"], "mandiri", dt.date(2024, 3, 1)),
        ],
        stunting=[measure(A["village_code"], target=50, measured=40, stunted=8)],
    )
    panel = build_panel(data)
    assert panel["tier"].tolist() == ["dasar"]


def test_the_latest_snapshot_up_to_the_last_day_of_the_month_is_joined() -> None:
    data = regency(
        villages=[A],
        tiers=[
            tier(A["village_code"], "dasar", dt.date(2023, 1, 4)),
            tier(A["village_code"], "mandiri", dt.date(2024, 2, 29)),
        ],
        stunting=[measure(A["village_code"], target=50, measured=40, stunted=8)],
    )
    assert build_panel(data)["tier"].tolist() == ["mandiri"]


def test_a_village_that_left_the_export_has_no_tier_of_old() -> None:
    data = regency(
        villages=[A, B],
        tiers=[
            tier(A["village_code"], "dasar", dt.date(2023, 1, 4)),
            tier(B["village_code"], "dasar", dt.date(2024, 1, 4)),
        ],
        stunting=[measure(code["village_code"], target=50, measured=40, stunted=8) for code in (A, B)],
    )
    panel = build_panel(data).set_index("village_code")
    assert pd.isna(panel.loc[A["village_code"], "tier"])


def test_not_measured_zero_cases_and_zero_target_are_three_states() -> None:
    data = regency(
        villages=[A, B, C],
        stunting=[
            measure(A["village_code"], target=50, measured=None, stunted=None),
            measure(B["village_code"], target=50, measured=40, stunted=0),
            measure(C["village_code"], target=0, measured=5, stunted=1),
        ],
    )
    panel = build_panel(data)
    assert as_rows(panel).has_prevalence.tolist() == [False, True, True]
    assert panel["children_stunted"].tolist() == [pd.NA, 0, 1]
    coverage = village_coverage(panel)
    assert pd.isna(coverage).tolist() == [True, False, True]
    assert coverage[1] == 40 / 50


def test_shares_of_families_use_target_families_and_zero_has_none() -> None:
    families = [
        {"village_code": A["village_code"], "semester": "2023-S2", "families_target": 200, "water_unimproved": 30,
         "toilet_unimproved": 50},
        {"village_code": B["village_code"], "semester": "2023-S2", "families_target": 0, "water_unimproved": 0,
         "toilet_unimproved": 0},
    ]  # fmt: skip
    data = regency(
        villages=[A, B],
        families=families,
        stunting=[measure(code["village_code"], target=9, measured=9, stunted=1) for code in (A, B)],
    )
    panel = build_panel(data)
    assert panel["water_unimproved"].iloc[0] == 30 / 200
    assert pd.isna(panel["toilet_unimproved"].iloc[1])
