"""The journal of a run: what each cell showed, written as it ends, so that a killed run leaves its evidence."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode


class Journal:
    """Writes a notebook once, and then only what its cells add to it.

    A notebook saved anew after every cell costs its whole length each time.
    """

    def __init__(self, path: Path, *, notebook: NotebookNode) -> None:
        self._file = path.open("w", encoding="utf-8", newline="\n")
        self._write({"notebook": notebook})

    def begin(self, position: int) -> None:
        """Note that a cell begins."""
        self._write({"begin": position})

    def end(self, position: int, cell: NotebookNode) -> None:
        """Note what a cell showed."""
        self._write({"end": position, "count": cell.execution_count, "outputs": cell.outputs})

    def close(self) -> None:
        """Let the file go."""
        self._file.close()

    def _write(self, record: dict[str, Any]) -> None:
        self._file.write(json.dumps(record, ensure_ascii=False) + "\n")
        self._file.flush()


@dataclass(frozen=True, kw_only=True)
class Executed:
    """A notebook as far as it was run.

    Attributes:
        notebook: with the outputs of the cells that ended.
        last: position of the last cell that began; none where none did.
    """

    notebook: NotebookNode
    last: int | None


def read_journal(path: Path) -> Executed | None:
    """Read a journal back; none where it does not hold a notebook. A record that was cut off is left out."""
    records = _records(path)
    first = next(records, {})
    if "notebook" not in first:
        return None
    notebook: NotebookNode = nbformat.from_dict(first["notebook"])  # type: ignore[no-untyped-call]
    last: int | None = None
    for record in records:
        if "begin" in record:
            last = record["begin"]
        else:
            cell = notebook.cells[record["end"]]
            cell.execution_count = record["count"]
            cell.outputs = [_output(each) for each in record["outputs"]]
    return Executed(notebook=notebook, last=last)


class _Shared(list[Any]):
    """A JSON list that nobody changes: copies of the notebook, of which nbconvert makes three a document, share it."""

    def __deepcopy__(self, _memo: dict[int, Any]) -> _Shared:
        return self


def _output(record: dict[str, Any]) -> NotebookNode:
    """Return an output as nbformat holds it, the lists of its data as they are."""
    data = record.get("data", {})
    lists = {kind: _Shared(value) for kind, value in data.items() if isinstance(value, list)}
    rest = {**record, "data": {kind: value for kind, value in data.items() if kind not in lists}} if lists else record
    output: NotebookNode = nbformat.from_dict(rest)  # type: ignore[no-untyped-call]
    if lists:
        output["data"].update(lists)
    return output


def _records(path: Path) -> Iterator[dict[str, Any]]:
    try:
        with path.open(encoding="utf-8") as file:
            for line in file:
                yield json.loads(line)
    except (OSError, ValueError):
        return
