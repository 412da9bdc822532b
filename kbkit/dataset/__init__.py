"""The dataset on disk: schemas, metadata, writing and reading."""

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
from kbkit.dataset.store import RegencyData, read_regency, write_dataset

__all__ = [
    "NO_REGENCY",
    "PARTITION",
    "TABLES",
    "DataHouse",
    "DataHouseRegency",
    "DataStatus",
    "DataTypeCount",
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
]
