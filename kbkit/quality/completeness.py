"""How many of the types of data of a Rumah Data Kependudukan the tables hold for each village."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from kbkit.dataset import DataHouse, DataHouseRegency, DataTypeCount
from kbkit.dataset.schema import PARTITION
from kbkit.domain.data_types import DataType, DataTypes

_REGISTERS = ("families", "profiles", "village_indicators")
"""Tables whose presence means that a regency's data houses were looked for at all."""
_TIDY = "village_indicators"


def measure_completeness(tables: Mapping[str, pd.DataFrame], types: DataTypes) -> DataHouse | None:
    """Return how complete the data of the villages are; ``None`` where the dataset holds no register of villages.

    Only the regencies of which a register speaks are counted, with all of their villages.

    Args:
        tables: the tables of the dataset.
        types: the list of types.
    """
    regencies = {code for name in _REGISTERS for code in tables[name][PARTITION]}
    villages = tables["villages"]
    villages = villages[villages[PARTITION].isin(regencies)]
    if villages.empty:
        return None
    values = dict(_values(tables, types))
    held = pd.DataFrame(
        {number: villages["village_code"].isin(_holding(item, values)) for number, item in enumerate(types.types)}
    )
    by_regency = held.sum(axis=1).groupby(villages[PARTITION])
    return DataHouse(
        list_source=types.source,
        villages=len(villages),
        types=tuple(
            DataTypeCount(name=item.name, villages=int(held[number].sum()), readable=bool(item.sources))
            for number, item in enumerate(types.types)
        ),
        regencies=tuple(
            DataHouseRegency(code=str(code), villages=len(counts), mean_types=round(float(counts.mean()), 2))
            for code, counts in by_regency
        ),
    )


def _values(tables: Mapping[str, pd.DataFrame], types: DataTypes) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield the villages that have a value, by field."""
    fields = {field for item in types.types for source in item.sources for field in source}
    tidy = tables[_TIDY].dropna(subset=["value"]).groupby("indicator")["village_code"]
    listed = {f"{_TIDY}.{name}": frozenset(codes) for name, codes in tidy}
    for field in sorted(fields):
        table, _, column = field.partition(".")
        if table == _TIDY:
            yield field, listed.get(field, frozenset())
        else:
            rows = tables[table]
            yield field, frozenset(rows.loc[rows[column].notna(), "village_code"])


def _holding(item: DataType, values: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Return the villages that hold a type: by one of its sources, with all of its fields."""
    sets = (frozenset.intersection(*(values[field] for field in source)) for source in item.sources)
    return frozenset[str]().union(*sets)
