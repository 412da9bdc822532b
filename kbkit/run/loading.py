"""Loading what a notebook will import, before it runs."""

from __future__ import annotations

import ast
import contextlib
import importlib
from collections.abc import Iterator
from pathlib import Path

from kbkit.errors import KbkitError
from kbkit.run.notebooks import read_notebook


def load_for(notebook: Path) -> None:
    """Import the modules that the cells of a notebook import, and all that a lazy package offers on its front.

    What cannot be read or imported here is left to the notebook, whose cell then says so.
    """
    with contextlib.suppress(OSError, ValueError, KbkitError):
        for cell in read_notebook(notebook).cells:
            if cell.cell_type == "code":
                for name in _imported(cell.source):
                    _load(name)


def _imported(source: str) -> Iterator[str]:
    try:
        tree = ast.parse(source)
    except SyntaxError:  # magics of IPython
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def _load(name: str) -> None:
    # Any module may raise anything while it loads.
    with contextlib.suppress(Exception):
        module = importlib.import_module(name)
        for offered in getattr(module, "__all__", ()):
            getattr(module, offered)
