"""Reading the Parquet tables of a dataset."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from kbkit.dataset.metadata import Metadata, read_metadata
from kbkit.dataset.schema import PARTITION, TABLES
from kbkit.dataset.writing import FILE_NAME
from kbkit.errors import DatasetError, Fault


@dataclass(frozen=True, kw_only=True)
class RegencyData:
    """One regency's partition of every table, with the metadata of the dataset.

    Frames have the columns of :data:`~kbkit.dataset.schema.TABLES`, ``regency_code`` included, and may be empty.
    ``digest`` is the SHA-256 of the partitions: the same rows, prepared by the same kbkit, have the same.
    """

    code: str
    name: str
    digest: str
    villages: pd.DataFrame
    tiers: pd.DataFrame
    stunting: pd.DataFrame
    profiles: pd.DataFrame
    village_indicators: pd.DataFrame
    area_indicators: pd.DataFrame
    families: pd.DataFrame
    village_index: pd.DataFrame
    surveys: pd.DataFrame
    interventions: pd.DataFrame
    funding: pd.DataFrame
    plan: pd.DataFrame
    unmatched: pd.DataFrame
    issues: pd.DataFrame
    matches: pd.DataFrame
    metadata: Metadata


def read_regency(dataset: str | Path, *, regency: str) -> RegencyData:
    """Read one regency of a dataset.

    Raises:
        DatasetError: no dataset there, no such regency in it, or a partition that cannot be read.
    """
    folder = Path(dataset)
    metadata = read_metadata(folder)
    name = metadata.regencies.get(regency)
    if name is None:
        allowed = ", ".join(sorted(metadata.regencies))
        raise DatasetError([Fault(code="dataset.no_such_regency", file=str(folder), found=regency, allowed=allowed)])
    digest = hashlib.sha256()
    frames = {table: _read_partition(folder / table, regency, schema, digest) for table, schema in TABLES.items()}
    return RegencyData(code=regency, name=name, digest=digest.hexdigest(), metadata=metadata, **frames)


def _read_partition(folder: Path, regency: str, schema: pa.Schema, digest: hashlib._Hash) -> pd.DataFrame:
    path = folder / f"{PARTITION}={regency}" / FILE_NAME
    place = schema.get_field_index(PARTITION)
    inner = schema.remove(place)
    try:
        content = path.read_bytes() if path.exists() else b""
        # The name and the length keep the contents of two tables apart.
        digest.update(f"{folder.name} {len(content)}\n".encode())
        digest.update(content)
        rows = pq.ParquetFile(pa.BufferReader(content)).read().cast(inner) if content else inner.empty_table()
    except (pa.ArrowException, ValueError, OSError) as error:
        raise DatasetError(
            [Fault(code="dataset.partition_unreadable", file=str(path), found=str(error).splitlines()[0])]
        ) from error
    rows = rows.add_column(place, PARTITION, pa.repeat(pa.scalar(regency), len(rows)))
    # Counts stay whole numbers beside missing ones; NumPy would turn them into floats.
    frame: pd.DataFrame = rows.to_pandas(types_mapper={pa.int64(): pd.Int64Dtype()}.get)
    return frame
