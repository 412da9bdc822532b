"""JSON with indentation: the same bytes as the standard library's."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbkit.run.indented_json import dump_indented
from kbkit.run.notebooks import write_notebook

V4: Any = nbformat.v4

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(st.text(), inside, max_size=4),
    max_leaves=20,
)


@given(VALUES)
def test_it_writes_what_the_standard_library_writes(value: Any) -> None:
    told = json.dumps(value, indent=1, sort_keys=True, separators=(",", ": "), ensure_ascii=False)
    assert dump_indented(value) == told


def test_what_json_does_not_know_is_refused() -> None:
    with pytest.raises(TypeError):
        dump_indented({"value": object()})


def test_a_notebook_is_written_as_nbformat_writes_it(tmp_path: Path) -> None:
    cell = V4.new_code_cell("x = 1\ny", id="one", metadata={"trusted": True})
    cell.outputs = [
        V4.new_output("stream", text="a\nb\n"),
        V4.new_output("display_data", {"text/html": "<p>é</p>\n<hr>", "application/x+json": [{"b": 1.5}, []]}),
    ]
    notebook = V4.new_notebook(cells=[cell, V4.new_markdown_cell("# A\n\nB", id="two")])
    write_notebook(notebook, tmp_path / "report.ipynb")
    assert (tmp_path / "report.ipynb").read_text(encoding="utf-8") == V4.writes(notebook) + "\n"
