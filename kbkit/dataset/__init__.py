"""The dataset on disk: schemas, metadata, writing and reading."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kbkit.dataset.metadata import (
        DataHouse,
        DataHouseRegency,
        DataStatus,
        DataTypeCount,
        Metadata,
        ProfileScores,
        Refusal,
        ScoreComparison,
        ScoreShare,
        Source,
        read_metadata,
    )
    from kbkit.dataset.schema import NO_REGENCY, PARTITION, TABLES
    from kbkit.dataset.store import RegencyData, read_regency
    from kbkit.dataset.writing import DatasetWriter, write_dataset, writing_dataset

__all__ = [
    "NO_REGENCY",
    "PARTITION",
    "TABLES",
    "DataHouse",
    "DataHouseRegency",
    "DataStatus",
    "DataTypeCount",
    "DatasetWriter",
    "Metadata",
    "ProfileScores",
    "Refusal",
    "RegencyData",
    "ScoreComparison",
    "ScoreShare",
    "Source",
    "read_metadata",
    "read_regency",
    "write_dataset",
    "writing_dataset",
]

_MODULES = {
    "schema": ("NO_REGENCY", "PARTITION", "TABLES"),
    "store": ("RegencyData", "read_regency"),
    "writing": ("DatasetWriter", "write_dataset", "writing_dataset"),
}


def __getattr__(name: str) -> Any:
    # Whoever starts or checks a batch reads the metadata alone: it must not load pandas and Arrow for that.
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = next((module for module, names in _MODULES.items() if name in names), "metadata")
    return getattr(import_module(f"kbkit.dataset.{module}"), name)
