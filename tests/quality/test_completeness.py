"""Types of data by village: zero is a value, blank is none, and the standing of the list is carried along."""

from __future__ import annotations

from typing import Any

import pandas as pd

from kbkit.dataset.schema import TABLES
from kbkit.domain.data_types import DataType, DataTypes
from kbkit.quality import join_completeness, measure_completeness

TYPES = DataTypes(
    source="placeholder",
    types=(
        DataType(name="both", sources=(("families.water_unimproved", "families.toilet_unimproved"),)),
        DataType(name="either", sources=(("village_indicators.couples",), ("families.couples_pregnant",))),
        DataType(name="nowhere"),
    ),
)


def tables(families: list[dict[str, Any]], indicators: list[dict[str, Any]]) -> dict[str, pd.DataFrame]:
    villages = [{"regency_code": code, "village_code": f"{code}.{n}"} for code in ("13.77", "33.16") for n in range(4)]
    given: dict[str, list[dict[str, Any]]] = {
        "families": families,
        "village_indicators": indicators,
        "villages": villages,
    }
    return {name: pd.DataFrame(given.get(name, []), columns=schema.names) for name, schema in TABLES.items()}


def test_each_type_is_counted_by_its_rule() -> None:
    place = {"regency_code": "13.77"}
    found = measure_completeness(
        tables(
            [
                place | {"village_code": "13.77.0", "water_unimproved": 0, "toilet_unimproved": 3},
                place | {"village_code": "13.77.1", "water_unimproved": 5, "couples_pregnant": 2},
            ],
            [
                place | {"village_code": "13.77.2", "indicator": "couples", "value": 0.0},
                place | {"village_code": "13.77.3", "indicator": "couples", "value": None},
            ],
        ),
        TYPES,
    )
    assert found is not None
    assert found.list_source == "placeholder"
    assert [(item.name, item.villages, item.readable) for item in found.types] == [
        ("both", 1, True),
        ("either", 2, True),
        ("nowhere", 0, False),
    ]
    # A regency of which no register speaks is not counted: nobody looked for its data.
    assert found.villages == 4
    assert [(item.code, item.villages, item.mean_types) for item in found.regencies] == [("13.77", 4, 3 / 4)]


def test_without_a_register_nothing_is_measured() -> None:
    assert measure_completeness(tables([], []), TYPES) is None


def test_regencies_measured_apart_are_joined_to_the_whole() -> None:
    families = [
        {"regency_code": "13.77", "village_code": "13.77.0", "water_unimproved": 0, "toilet_unimproved": 3},
        {"regency_code": "33.16", "village_code": "33.16.0", "couples_pregnant": 1},
    ]
    whole = tables(families, [])
    parts = [{name: rows[rows["regency_code"] == code] for name, rows in whole.items()} for code in ("13.77", "33.16")]
    measured = [part for part in (measure_completeness(part, TYPES) for part in parts) if part is not None]
    assert join_completeness(measured) == measure_completeness(whole, TYPES)
    assert join_completeness([]) is None
