"""The demo's reports as executed notebooks, without a kernel."""

from __future__ import annotations

from functools import cache
from typing import Any

import nbformat.v4
from nbformat import NotebookNode

from kbkit import Findings
from kbkit.report import compose_report
from kbkit.text import Language

V4: Any = nbformat.v4


def notebook_of(findings: Findings, *, language: Language) -> NotebookNode:
    """Return what a kernel would have saved: a cell a section, each with its blocks."""
    sections = _sections(_Key(findings), language)
    cells = [
        V4.new_code_cell("", outputs=[V4.new_output("execute_result", bundle, execution_count=1)], execution_count=1)
        for bundle in sections
    ]
    node: NotebookNode = V4.new_notebook(cells=cells)
    return node


class _Key:
    """Findings as a key of the cache: composing draws figures, which takes seconds."""

    def __init__(self, findings: Findings) -> None:
        self.findings = findings

    def __hash__(self) -> int:
        return id(self.findings)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self.findings is other.findings


@cache
def _sections(key: _Key, language: Language) -> tuple[dict[str, Any], ...]:
    report = compose_report(key.findings, language=language)
    return tuple(section._repr_mimebundle_() for section in report.sections)
