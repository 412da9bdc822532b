"""Loading what a notebook will import, before it runs."""

from __future__ import annotations

import ast
import contextlib
import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from kbkit.run.kernel_server import KERNEL_MODULES

_GRAMMARS: Final = "rfc3987_syntax"
"""Checks internationalised web addresses for jsonschema, and takes 1.3 s of processor time to load."""

_FOR_CELLS: Final = ("kbkit.run.shell",)
_AT_FIRST_USE: Final = (
    "matplotlib.style.core",
    "pandas.core.arrays.arrow._arrow_utils",
    "pandas.core.methods.to_dict",
    "pandas.plotting._matplotlib",
    "pyarrow.pandas_compat",
)
"""What kbkit's libraries load when they are first used: a fork would load it for every report."""

_FOR_KERNELS: Final = ("papermill.clientwrap", "kbkit.run.real_kernel", "kbkit.run.kernel_seeds", *KERNEL_MODULES)


def load_nbformat() -> None:
    """Load nbformat without what it needs for no notebook. Cells may load that themselves."""
    if _GRAMMARS in sys.modules:
        importlib.import_module("nbformat")
        return
    # None is the import system's way to say that there is no such module.
    sys.modules[_GRAMMARS] = None  # type: ignore[assignment]
    try:
        importlib.import_module("nbformat")
    finally:
        del sys.modules[_GRAMMARS]


def load_for(notebook: Path) -> None:
    """Import the modules that the cells of a notebook import, and all that a lazy package offers on its front.

    What cannot be read or imported here is left to the notebook, whose cell then says so.
    """
    from kbkit.run.notebooks import needs_kernel, read_notebook

    with contextlib.suppress(OSError, ValueError):
        kernel = needs_kernel(notebook)
        for name in _FOR_KERNELS if kernel else _FOR_CELLS:
            _load(name)
        for cell in read_notebook(notebook).cells:
            if cell.cell_type == "code":
                for name in _imported(cell.source):
                    _load(name)
                    if name == "kbkit":
                        _make_ready()
        if not kernel:
            _rehearse_shell()


def _rehearse_shell() -> None:
    """Run a first cell, for which IPython and matplotlib's list of backends load what they need in every report."""
    from kbkit.run.clean_state import clean_state
    from kbkit.run.shell import open_shell

    with clean_state(), open_shell() as shell:
        shell.run_cell("None")  # type: ignore[no-untyped-call]


def _make_ready() -> None:
    """Load, read and compile what every report of kbkit does."""
    for name in _AT_FIRST_USE:
        _load(name)
    # Called by its name, as a notebook would: this room runs notebooks and knows no report.
    with contextlib.suppress(Exception):
        importlib.import_module("kbkit.report.rehearsal").rehearse()


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
