"""How many of the types of data of a Rumah Data Kependudukan the tables hold for each village."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kbkit.dataset import DataHouse, DataHouseRegency, DataTypeCount
from kbkit.dataset.schema import PARTITION
from kbkit.domain.data_types import DataType, DataTypes

_REGISTERS = ("families", "profiles", "village_indicators")
"""Tables whose presence means that a regency's data houses were looked for at all."""
_TIDY = "village_indicators"

BoolArray = NDArray[np.bool_]


def measure_completeness(tables: Mapping[str, pd.DataFrame], types: DataTypes) -> DataHouse | None:
    """Return how complete the data of the villages are; ``None`` where the dataset holds no register of villages.

    Only the regencies of which a register speaks are counted, with all of their villages.

    Args:
        tables: the tables of the dataset.
        types: the list of types.
    """
    regencies = {code for name in _REGISTERS for code in tables[name][PARTITION].unique()}
    villages = tables["villages"]
    villages = villages[villages[PARTITION].isin(regencies)]
    if villages.empty:
        return None
    values = dict(_values(tables, types, pd.Index(villages["village_code"])))
    held = np.array([_holding(item, values, len(villages)) for item in types.types])
    by_regency = pd.Series(held.sum(axis=0)).groupby(villages[PARTITION].to_numpy())
    return DataHouse(
        list_source=types.source,
        villages=len(villages),
        types=tuple(
            DataTypeCount(name=item.name, villages=int(number), readable=bool(item.sources))
            for item, number in zip(types.types, held.sum(axis=1), strict=True)
        ),
        regencies=tuple(
            DataHouseRegency(code=str(code), villages=len(counts), mean_types=round(float(counts.mean()), 2))
            for code, counts in by_regency
        ),
    )


def join_completeness(parts: Sequence[DataHouse]) -> DataHouse | None:
    """Return the completeness of several sets of regencies together, of which none has a regency of another."""
    if not parts:
        return None
    return DataHouse(
        list_source=parts[0].list_source,
        villages=sum(part.villages for part in parts),
        types=tuple(
            same[0].model_copy(update={"villages": sum(item.villages for item in same)})
            for same in zip(*(part.types for part in parts), strict=True)
        ),
        regencies=tuple(regency for part in parts for regency in part.regencies),
    )


def _values(
    tables: Mapping[str, pd.DataFrame], types: DataTypes, codes: pd.Index[str]
) -> Iterator[tuple[str, BoolArray]]:
    """Yield by field which villages have a value."""
    columns: dict[str, list[str]] = {}
    for field in sorted({field for item in types.types for source in item.sources for field in source}):
        table, _, column = field.partition(".")
        columns.setdefault(table, []).append(column)
    for table, names in columns.items():
        places = codes.get_indexer(pd.Index(tables[table]["village_code"]))
        for name, known in _known_rows(tables[table], names, tidy=table == _TIDY):
            has = np.zeros(len(codes), dtype=np.bool_)
            has[places[known & (places >= 0)]] = True
            yield f"{table}.{name}", has


def _known_rows(rows: pd.DataFrame, names: Sequence[str], *, tidy: bool) -> Iterator[tuple[str, BoolArray]]:
    """Yield which rows have a value of each column, or of each indicator of a tidy table."""
    if not tidy:
        yield from ((name, rows[name].notna().to_numpy()) for name in names)
        return
    numbers, indicators = pd.factorize(rows["indicator"])
    known, number_of = rows["value"].notna().to_numpy(), {name: number for number, name in enumerate(indicators)}
    yield from ((name, known & (numbers == number_of.get(name))) for name in names)


def _holding(item: DataType, values: Mapping[str, BoolArray], villages: int) -> BoolArray:
    """Return which villages hold a type: by one of its sources, with all of its fields."""
    by_source = [np.all([values[field] for field in source], axis=0) for source in item.sources]
    held: BoolArray = np.any([np.zeros(villages, dtype=np.bool_), *by_source], axis=0)
    return held
