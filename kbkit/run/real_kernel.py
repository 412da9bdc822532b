"""Notebooks that need a kernel of their own: widgets and comms, ``%%bash`` that reads, ``get_ipython().kernel``.

Such a notebook says so in its metadata, ``{"kbkit": {"kernel": true}}``: it is a property of the notebook, whoever runs
it with whatever parameters. All others run in :mod:`kbkit.run.engine`, which starts sooner.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from nbformat import NotebookNode
from traitlets.config import Config

from kbkit.run.journal import Journal
from kbkit.run.provisioner import forked_kernels

_SETTINGS: Final = (
    "--HistoryManager.enabled=False",
    "--IPKernelApp.exec_lines=__import__('kbkit.run.kernel_seeds').run.kernel_seeds.seed_first_cell()",
)


@contextlib.contextmanager
def kernel_options(*, journal: Path) -> Iterator[dict[str, Any]]:
    """Yield what ``papermill.execute_notebook`` is called with, to run the cells in a real kernel.

    Args:
        journal: file for what each cell shows, written as it ends.
    """
    with (
        forked_kernels(),
        tempfile.TemporaryDirectory(prefix="kbkit-") as folder,
        contextlib.closing(_Recorder(journal)) as recorder,
    ):
        yield {
            "engine_name": "nbclient",
            "on_notebook_start": recorder.start,
            "on_cell_execute": recorder.begin,
            "on_cell_executed": recorder.end,
            "coalesce_streams": True,
            "extra_arguments": list(_SETTINGS),
            "request_save_on_cell_execute": False,
            "config": _sockets_in(Path(folder)) if os.name == "posix" else Config(),
        }


class _Recorder:
    """Keeps the journal of a notebook, as nbclient tells what happens.

    nbclient joins what a cell has printed in pieces only after it has told that the cell ended: it is written down when
    the next one begins.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._journal: Journal | None = None
        self._ended: tuple[int, NotebookNode] | None = None

    def start(self, notebook: NotebookNode) -> None:
        """Begin with the notebook that is run, its parameters filled in."""
        self._journal = Journal(self._path, notebook=notebook)

    def begin(self, cell: NotebookNode, cell_index: int) -> None:
        """Note that a cell begins."""
        assert self._journal is not None
        self._write_ended()
        self._journal.begin(cell_index)

    def end(self, cell: NotebookNode, cell_index: int, execute_reply: Any) -> None:
        """Note that a cell has ended."""
        self._ended = cell_index, cell

    def close(self) -> None:
        """Write down the last cell and let the file go."""
        if self._journal is not None:
            self._write_ended()
            self._journal.close()

    def _write_ended(self) -> None:
        if self._journal is not None and self._ended is not None:
            self._journal.end(*self._ended)
            self._ended = None


def _sockets_in(folder: Path) -> Config:
    """Return settings for sockets that are files: a port that was free a moment ago may be taken."""
    return Config({"KernelManager": {"transport": "ipc", "connection_file": str(folder / "kernel.json")}})
