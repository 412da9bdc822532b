"""Documents from an executed notebook, by the exporters that kbkit registers with nbconvert."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from nbconvert.exporters import get_exporter
from nbformat import NotebookNode

from kbkit.errors import RenderError
from kbkit.parameters import Format
from kbkit.run.cleaning import scrub
from kbkit.run.outcomes import Outcome, Stop


def render_documents(notebook: NotebookNode, *, folder: Path, formats: Sequence[Format]) -> Stop | None:
    """Write ``report.<format>`` for every format; one that fails does not keep the others back.

    Returns:
        None where every document was made, else what the exporters said.
    """
    said = [f"{name}: {scrub(text)}" for name, text in _failures(notebook, folder, formats)]
    return Stop(outcome=Outcome.FAILED_RENDER, diagnostic="; ".join(said)) if said else None


def _failures(notebook: NotebookNode, folder: Path, formats: Sequence[Format]) -> Iterator[tuple[Format, str]]:
    for name in formats:
        try:
            exporter = get_exporter(f"kbkit-{name}")()
            body, _resources = exporter.from_notebook_node(notebook, resources={"metadata": {"path": str(folder)}})
            path = folder / f"report.{name}"
            aside = path.with_name(f".{path.name}.partial")
            aside.write_bytes(body.encode("utf-8") if isinstance(body, str) else body)
            os.replace(aside, path)
        except RenderError as error:
            yield name, error.diagnostic
        except Exception as error:  # noqa: BLE001 - an exporter is another program; the other regencies go on
            yield name, f"{type(error).__name__}: {error}"
