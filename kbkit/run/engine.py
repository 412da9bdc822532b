"""The papermill engine ``kbkit``: cells run in this process, in an IPython shell, from a clean state.

Any tool that calls papermill may use it (``papermill --engine kbkit in.ipynb out.ipynb``). It spares the start of a
kernel, the imports in it and the traffic with it, and with them most of what a short notebook costs. One process can
run many notebooks one after the other. What a cell's subprocess or a C library writes to the process's own output is
not part of the notebook.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

# papermill loads this module while it loads itself: import papermill before it, and nothing more of papermill in it.
from papermill.engines import Engine, NotebookExecutionManager

from kbkit.run.clean_state import clean_state
from kbkit.run.journal import Journal

if TYPE_CHECKING:
    from kbkit.run.shell import ReportShell

_MAY_FAIL = "raises-exception"
"""Jupyter's tag of cells that show an error on purpose."""


class ReportEngine(Engine):  # type: ignore[misc]
    """Runs the cells of a notebook one after the other until one fails."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: NotebookExecutionManager, kernel_name: str, *, journal: Path | None = None, **_: Any
    ) -> None:
        """Run a notebook.

        Args:
            nb_man: papermill's account of the run, with the notebook.
            kernel_name: is not needed.
            journal: file for what each cell shows, written as it ends. The notebook then keeps no outputs but those of
                the cell that failed: papermill would turn all of them into text once more, for a file that nobody asks
                for.
        """
        # Who runs papermill with another engine does not wait for IPython.
        from kbkit.run.shell import open_shell

        nb_man.nb.metadata.setdefault("language_info", {"name": "python"})
        written = None if journal is None else Journal(journal, notebook=nb_man.nb)
        try:
            with clean_state(), open_shell() as shell:
                _run_cells(nb_man, shell, written)
        finally:
            if written is not None:
                written.close()


def _run_cells(nb_man: NotebookExecutionManager, shell: ReportShell, journal: Journal | None) -> None:
    for position, cell in enumerate(nb_man.nb.cells):
        nb_man.cell_start(cell, position)
        if cell.cell_type == "code" and cell.source.strip():
            if journal is not None:
                journal.begin(position)
            cell.outputs = shell.outputs.begin()
            cell.execution_count = shell.execution_count
            done = shell.run_cell(cell.source, store_history=True, cell_id=cell.get("id"))  # type: ignore[no-untyped-call]
            if journal is not None:
                journal.end(position, cell)
            if not done.success and _MAY_FAIL not in cell.metadata.get("tags", []):
                nb_man.cell_exception(cell, position)
            elif journal is not None:
                cell.outputs = []
        nb_man.cell_complete(cell, position)
        if cell.metadata.papermill["status"] == nb_man.FAILED:
            break
