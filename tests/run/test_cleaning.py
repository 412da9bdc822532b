"""An executed notebook says what was run and what came out, and nothing of when and where."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from nbformat import NotebookNode, from_dict

from kbkit.run.cleaning import clean_notebook, mark_cell, number_of, scrub
from kbkit.run.environment import ROOT_VARIABLE


def cell(name: str, source: str, *, started: str | None = None, kind: str = "code", **more: Any) -> dict[str, Any]:
    marks = {"start_time": started, "end_time": started, "duration": 0.1, "status": "completed"}
    metadata = {"papermill": marks, "tags": [], "execution": {"iopub.status.busy": started}}
    return {"id": name, "cell_type": kind, "source": source, "metadata": metadata, **more}


def notebook(*cells: dict[str, Any]) -> NotebookNode:
    papermill = {"papermill": {"start_time": "2024-08-31T10:00:00", "output_path": "/home/siti/x.ipynb"}}
    made: NotebookNode = from_dict({"cells": list(cells), "metadata": papermill, "nbformat": 4, "nbformat_minor": 5})  # type: ignore[no-untyped-call]
    return made


NOW = "2024-08-31T10:00:00"


def test_clocks_random_names_and_addresses_go_and_the_names_of_the_source_stay() -> None:
    error = {"output_type": "error", "ename": "E", "evalue": "at 0x7f01", "traceback": [f"{sys.prefix}/lib/x.py"]}
    warning = {"output_type": "stream", "name": "stderr", "text": "/tmp/ipykernel_123/456.py:1: UserWarning: a"}
    shown = {"output_type": "display_data", "data": {"text/plain": "<X at 0x7f01>", "text/html": "at 0x7f01"}}
    source = notebook(cell("kept", "a"))
    executed = notebook(
        cell("kept", "a", started=NOW, outputs=[error, warning, shown]),
        cell("5f2a9c1e", "b", started=NOW, outputs=[]),
    )
    cleaned = clean_notebook(executed, source=source)
    assert "2024-08-31" not in str(cleaned)
    assert "/home/siti" not in str(cleaned)
    assert [item["id"] for item in cleaned.cells] == ["kept", "added-1"]
    assert all(item.metadata == {} for item in cleaned.cells)
    outputs = cleaned.cells[0].outputs
    assert outputs[0]["evalue"] == "at 0x…"
    assert outputs[0]["traceback"] == [str(Path("…") / "lib" / "x.py")]
    assert outputs[1]["text"] == "<cell>:1: UserWarning: a"
    assert outputs[2]["data"] == {"text/plain": "<X at 0x…>", "text/html": "at 0x7f01"}


def test_a_cell_is_marked_and_numbered_as_jupyter_does() -> None:
    executed = notebook(
        cell("title", "# Judul", started=NOW, kind="markdown"),
        cell("one", "1", started=NOW),
        cell("empty", "  ", started=NOW),
        cell("two", "2", started=NOW),
        cell("three", "3"),
    )
    position = 3
    assert number_of(executed, position) == 2, "Jupyter numbers neither text nor empty cells"
    mark_cell(executed, position=position, text="berhenti")
    assert [item["id"] for item in executed.cells] == ["title", "one", "empty", "kbkit-stopped-here", "two", "three"]


def test_a_path_of_windows_is_scrubbed_too() -> None:
    assert scrub(r"C:\Temp\ipykernel_99\1.py:3: X") == "<cell>:3: X"


def test_a_report_of_another_machine_names_places_as_they_are_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ROOT_VARIABLE, "/gudang/kbkit-1/root")
    assert scrub("no /gudang/kbkit-1/root/srv/data/x.toml at 0x7f01") == "no /srv/data/x.toml at 0x…"
