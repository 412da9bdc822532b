"""The canonical table: what pandas makes of a column, also where whole numbers take the short way."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from kbkit.ingest.extract import canonical_table


@pytest.mark.parametrize("kind", ["Int64", "Float64"])
@pytest.mark.parametrize(
    "values", [[], [1, None, 3], [None, None], [0], [2**53 + 1], [True, 2], ["3"], [float("nan"), 1.0], [1, None, 2.5]]
)
def test_a_column_is_what_pandas_makes_of_it(values: list[Any], kind: str) -> None:
    def of_pandas() -> pd.Series:
        return pd.Series(values, dtype=kind, name="x")

    def of_table() -> pd.Series:
        return canonical_table([{"x": value, "source_row": 1} for value in values], {"x": kind})["x"]

    try:
        expected = of_pandas()
    except (TypeError, ValueError) as error:
        with pytest.raises(type(error)):
            of_table()
    else:
        pd.testing.assert_series_equal(of_table(), expected)


def test_a_fraction_never_becomes_a_whole_number() -> None:
    with pytest.raises(TypeError, match="safely"):
        canonical_table([{"x": 3.7, "source_row": 1}], {"x": "Int64"})
