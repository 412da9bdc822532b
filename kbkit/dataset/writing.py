"""Writing a dataset, some regencies at a time; nothing stands in its place before all of it is written."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Final

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from kbkit.dataset.metadata import Metadata, read_metadata, write_metadata
from kbkit.dataset.schema import PARTITION, TABLES

FILE_NAME: Final = "part-0.parquet"
"""Name of the file of every partition."""


class DatasetWriter:
    """Writes the files of a dataset into a folder aside, see :func:`writing_dataset`.

    Attributes:
        rows: rows written so far, by table.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.rows: Counter[str] = Counter(dict.fromkeys(TABLES, 0))
        for name in TABLES:
            (folder / name).mkdir(parents=True)

    def write_tables(self, tables: Mapping[str, pd.DataFrame]) -> None:
        """Write the tables of some regencies, of none of which rows were written before.

        Args:
            tables: a frame for every table of :data:`~kbkit.dataset.schema.TABLES`, its columns in any order.

        Raises:
            pyarrow.ArrowInvalid: a frame does not fit its schema.
        """
        for name, schema in TABLES.items():
            _write_rows(self._folder / name, tables[name], _inner(schema))
            self.rows[name] += len(tables[name])

    def write_account(self, metadata: Metadata, *, documents: Mapping[str, bytes]) -> None:
        """Write ``dataset.json`` and the documents for people, by their names."""
        for name, content in documents.items():
            (self._folder / name).write_bytes(content)
        write_metadata(metadata, self._folder)

    def write_empty_tables(self) -> None:
        """Write a file without rows for each table that has none, so that pandas still reads its columns."""
        for name, schema in TABLES.items():
            if not self.rows[name]:
                pq.write_table(_inner(schema).empty_table(), self._folder / name / FILE_NAME)


@contextmanager
def writing_dataset(folder: Path) -> Iterator[DatasetWriter]:
    """Yield a writer, and put what it wrote in place at the end: a whole dataset, or nothing.

    Args:
        folder: the dataset's folder; an older dataset there is replaced.

    Raises:
        DatasetError: the folder exists and is not a dataset.
    """
    if folder.exists() and any(folder.iterdir()):
        read_metadata(folder)
    aside = folder.with_name(f".{folder.name}.partial")
    shutil.rmtree(aside, ignore_errors=True)
    try:
        writer = DatasetWriter(aside)
        yield writer
        writer.write_empty_tables()
        _replace_folder(aside, folder)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


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
    with writing_dataset(folder) as writer:
        writer.write_tables(tables)
        writer.write_account(metadata, documents=documents)


def _inner(schema: pa.Schema) -> pa.Schema:
    return schema.remove(schema.get_field_index(PARTITION))


def _write_rows(folder: Path, frame: pd.DataFrame, schema: pa.Schema) -> None:
    """Write one file a regency."""
    ordered = frame if frame[PARTITION].is_monotonic_increasing else frame.sort_values(PARTITION, kind="stable")
    rows = pa.Table.from_pandas(ordered[schema.names], schema=schema, preserve_index=False)
    rows = rows.replace_schema_metadata(None)
    start = 0
    for code, length in ordered[PARTITION].value_counts(sort=False).items():
        place = folder / f"{PARTITION}={code}"
        place.mkdir()
        pq.write_table(rows.slice(start, length), place / FILE_NAME, compression="zstd")
        start += length


def _replace_folder(new: Path, old: Path) -> None:
    retired = old.with_name(f".{old.name}.old")
    shutil.rmtree(retired, ignore_errors=True)
    if old.exists():
        old.rename(retired)
    new.rename(old)
    shutil.rmtree(retired, ignore_errors=True)
