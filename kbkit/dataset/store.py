"""Writing and reading the Parquet tables of a dataset."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from kbkit.dataset.metadata import Metadata, read_metadata, write_metadata
from kbkit.dataset.schema import PARTITION, TABLES
from kbkit.errors import DatasetError, Fault

_FILE: Final = "part-0.parquet"

_AT_ONCE: Final = 50
"""Regencies that are in memory in the form of the file: those of a nation would take more than all its tables."""


def write_dataset(
    folder: Path,
    *,
    tables: Mapping[str, pd.DataFrame],
    metadata: Metadata,
    documents: Mapping[str, bytes] = MappingProxyType({}),
) -> None:
    """Write a whole dataset, or nothing: it is built aside and put in place at the end.

    Args:
        folder: the dataset's folder; an older dataset there is replaced.
        tables: a frame for every table of :data:`~kbkit.dataset.schema.TABLES`, its columns in any order.
        metadata: goes into ``dataset.json``.
        documents: further files of the folder by name, for people to read.

    Raises:
        DatasetError: the folder exists and is not a dataset.
        pyarrow.ArrowInvalid: a frame does not fit its schema.
    """
    if folder.exists() and any(folder.iterdir()):
        read_metadata(folder)
    aside = folder.with_name(f".{folder.name}.partial")
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True)
    for name, schema in TABLES.items():
        _write_table(aside / name, tables[name], schema)
    for name, content in documents.items():
        (aside / name).write_bytes(content)
    write_metadata(metadata, aside)
    _replace_folder(aside, folder)


def _write_table(folder: Path, frame: pd.DataFrame, schema: pa.Schema) -> None:
    """Write one file a regency; an empty table is one file without rows, so that pandas still reads its columns."""
    inner = schema.remove(schema.get_field_index(PARTITION))
    folder.mkdir()
    if not len(frame):
        pq.write_table(inner.empty_table(), folder / _FILE)
    ordered = frame if frame[PARTITION].is_monotonic_increasing else frame.sort_values(PARTITION, kind="stable")
    lengths = list(ordered[PARTITION].value_counts(sort=False).items())
    start = 0
    for first in range(0, len(lengths), _AT_ONCE):
        own = lengths[first : first + _AT_ONCE]
        end = start + sum(length for _, length in own)
        _write_regencies(folder, ordered.iloc[start:end][inner.names], [(str(code), rows) for code, rows in own], inner)
        start = end


def _write_regencies(folder: Path, frame: pd.DataFrame, lengths: list[tuple[str, int]], schema: pa.Schema) -> None:
    """Write rows that stand together: code and number of rows of each regency, in their order."""
    rows = pa.Table.from_pandas(frame, schema=schema, preserve_index=False).replace_schema_metadata(None)
    start = 0
    for code, length in lengths:
        place = folder / f"{PARTITION}={code}"
        place.mkdir()
        pq.write_table(rows.slice(start, length), place / _FILE, compression="zstd")
        start += length


def _replace_folder(new: Path, old: Path) -> None:
    retired = old.with_name(f".{old.name}.old")
    shutil.rmtree(retired, ignore_errors=True)
    if old.exists():
        old.rename(retired)
    new.rename(old)
    shutil.rmtree(retired, ignore_errors=True)


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
    path = folder / f"{PARTITION}={regency}" / _FILE
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
