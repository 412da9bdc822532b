"""Documents from an executed notebook, by the exporters that kbkit registers with nbconvert."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import get_exporter
from nbformat import NotebookNode

from kbkit.errors import RenderError
from kbkit.parameters import Format
from kbkit.run.cleaning import scrub
from kbkit.run.documents import DOCUMENTS
from kbkit.run.outcomes import Ending, Outcome
from kbkit.run.placement import write_whole


def load_exporters(formats: Sequence[Format]) -> None:
    """Load what documents are made with, once, and start no thread.

    What cannot be loaded is told by the report that needs it.
    """
    for name in formats:
        with contextlib.suppress(Exception):
            _exporter(name)


@cache
def _exporter(name: Format) -> Any:
    """Return an exporter with what it builds at first use: it has made an empty document.

    Not that of PDF, since Typst starts threads when it sets its first page.
    """
    exporter = get_exporter(f"kbkit-{name}")()  # type: ignore[no-untyped-call]
    if name != "pdf":
        exporter.from_notebook_node(nbformat.v4.new_notebook(), resources={})  # type: ignore[no-untyped-call]
    return exporter


def render_documents(notebook: NotebookNode, *, folder: Path, formats: Sequence[Format]) -> Ending:
    """Write a document for every format; one that fails does not keep the others back.

    Returns:
        ``RENDERED`` where every document was made, else what the exporters said.
    """
    said = [f"{name}: {scrub(' '.join(text.split()))}" for name, text in _failures(notebook, folder, formats)]
    if said:
        return Ending(outcome=Outcome.FAILED_RENDER, diagnostic="; ".join(said))
    return Ending(outcome=Outcome.RENDERED)


def _failures(notebook: NotebookNode, folder: Path, formats: Sequence[Format]) -> Iterator[tuple[Format, str]]:
    known: dict[str, Any] = {}
    for name in formats:
        try:
            body, resources = _exporter(name).from_notebook_node(
                notebook, resources={"metadata": {"path": str(folder)}, **known}
            )
            known = {key: value for key, value in resources.items() if key == "report"}  # all formats set the same one
            write_whole(folder / DOCUMENTS[name], body)
        except RenderError as error:
            yield name, error.diagnostic
        # An exporter is another program: whatever it raises is a document that failed, and the other regencies go on.
        except Exception as error:
            yield name, f"{type(error).__name__}: {error}"
