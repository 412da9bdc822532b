"""An executed notebook without clocks, random names and places of this machine: same input, same bytes."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import Final

from nbformat import NotebookNode

from kbkit.run.environment import ROOT_VARIABLE
from kbkit.run.notebooks import remark_cell

_RANDOM: Final = (
    # The name under which IPython compiles a cell: its place and a hash, or in a kernel the number of the process.
    (re.compile(r"<ipython-input-\d+-[0-9a-f]+>|\S*ipykernel_\d+[\\/]\d+\.py"), "<cell>"),
    # Where an object happens to lie in memory.
    (re.compile(r"\bat 0x[0-9a-fA-F]+"), "at 0x…"),
)


def scrub(text: str) -> str:
    """Return a text of the program without process numbers, addresses and the folder of this Python.

    Where this machine makes the report of another one, a place is named as it is there.
    """
    for pattern, stead in _RANDOM:
        text = pattern.sub(stead, text)
    if root := os.environ.get(ROOT_VARIABLE):
        text = text.replace(root, "")
    return text.replace(str(Path(sys.prefix)), "…")


def clean_notebook(notebook: NotebookNode, *, source: NotebookNode) -> NotebookNode:
    """Return an executed notebook that says what was run and what came out, and nothing of when and where.

    Args:
        notebook: the executed notebook; it is changed.
        source: the notebook it was made from. Its cells keep their names; added cells get theirs by position.
    """
    notebook.metadata.pop("papermill", None)
    known = {cell.get("id") for cell in source.cells}
    for position, cell in enumerate(notebook.cells):
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        if cell.metadata.get("tags") == []:
            del cell.metadata["tags"]
        if cell.get("id") not in known:
            cell["id"] = f"added-{position}"
        for output in cell.get("outputs", []):
            _scrub_output(output)
    return notebook


def _scrub_output(output: NotebookNode) -> None:
    """Scrub what the program prints. Documents that a report is made of are left alone."""
    if output.output_type == "stream":
        output["text"] = scrub(output["text"])
    elif output.output_type == "error":
        output["evalue"] = scrub(output["evalue"])
        output["traceback"] = [scrub(line) for line in output["traceback"]]
    elif "text/plain" in output.get("data", {}):
        output["data"]["text/plain"] = scrub(output["data"]["text/plain"])


def number_of(notebook: NotebookNode, position: int) -> int:
    """Return the number that Jupyter prints beside a code cell that was run from the top: ``In [4]``."""
    return sum(cell.cell_type == "code" and bool(cell.source.strip()) for cell in notebook.cells[: position + 1])


def mark_cell(notebook: NotebookNode, *, position: int, text: str) -> None:
    """Put a remark in front of a cell."""
    notebook.cells.insert(position, remark_cell(text, name="kbkit-stopped-here"))
