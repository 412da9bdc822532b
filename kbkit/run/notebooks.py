"""Reading and writing notebooks. nbformat has no types; here it gets them, once."""

from __future__ import annotations

import contextlib
import copy
from functools import cache
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4.rwbase import split_lines, strip_transient

from kbkit.run.indented_json import dump_indented
from kbkit.run.placement import write_whole


def read_notebook(path: Path) -> NotebookNode:
    """Read a notebook in the current format."""
    notebook: NotebookNode = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    return notebook


@cache
def needs_kernel(path: Path) -> bool:
    """Whether a notebook says in its metadata that it needs a kernel of its own: ``{"kbkit": {"kernel": true}}``.

    It is read once in a process and the forks of it, since every report asks.
    """
    settings = read_notebook(path).metadata.get("kbkit")
    return isinstance(settings, dict) and settings.get("kernel") is True


def write_notebook(notebook: NotebookNode, path: Path) -> None:
    """Write a notebook whole, in the bytes of ``nbformat.write``, whose encoder is slow."""
    with contextlib.suppress(nbformat.ValidationError):  # one that is not valid is written all the same
        nbformat.validate(notebook)
    held = strip_transient(split_lines(copy.deepcopy(notebook)))  # type: ignore[no-untyped-call]
    write_whole(path, dump_indented(held) + "\n")


def remark_cell(text: str, *, name: str) -> NotebookNode:
    """Return a Markdown cell.

    Args:
        text: its Markdown.
        name: its id and its tag.
    """
    cell: NotebookNode = nbformat.v4.new_markdown_cell(text, id=name, metadata={"tags": [name]})  # type: ignore[no-untyped-call]
    return cell
