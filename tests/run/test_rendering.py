"""Documents from an executed notebook."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from nbformat import NotebookNode, from_dict

from kbkit.errors import RenderError
from kbkit.run import Outcome, rendering
from kbkit.run.rendering import render_documents


class Html:
    def from_notebook_node(self, notebook: NotebookNode, resources: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        return "<p>é</p>\n", resources


class Pdf:
    def from_notebook_node(self, notebook: NotebookNode, resources: dict[str, Any]) -> tuple[bytes, dict[str, Any]]:
        raise RenderError(target="pdf", diagnostic=f"error: missing\n = hint: {sys.prefix}/x.typ")


@pytest.fixture
def notebook(monkeypatch: pytest.MonkeyPatch) -> NotebookNode:
    exporters = {"kbkit-html": Html, "kbkit-pdf": Pdf}
    monkeypatch.setattr(rendering, "get_exporter", exporters.__getitem__)
    monkeypatch.setattr(rendering, "_exporter", rendering._exporter.__wrapped__)
    empty: NotebookNode = from_dict({"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})  # type: ignore[no-untyped-call]
    return empty


def test_a_document_that_fails_does_not_keep_the_other_back(notebook: NotebookNode, tmp_path: Path) -> None:
    ending = render_documents(notebook, folder=tmp_path, formats=("pdf", "html"))
    assert ending.outcome == Outcome.FAILED_RENDER
    assert ending.diagnostic.startswith("pdf: error: missing = hint: …")
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]
    assert (tmp_path / "report.html").read_bytes() == "<p>é</p>\n".encode()


def test_only_what_was_asked_for_is_made(notebook: NotebookNode, tmp_path: Path) -> None:
    assert render_documents(notebook, folder=tmp_path, formats=("html",)).outcome == Outcome.RENDERED
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]
