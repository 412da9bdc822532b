"""Reports out of notebooks: accessible HTML and PDF, a workbook of the tables, a letter to edit.

A notebook carries its tables, figures and sentences as blocks (:mod:`kbkit.document`). Every exporter reads them in
order, numbers them in one pass and sets each natively, so that no two formats can disagree. Notebooks that kbkit did
not make are read, too.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from kbkit.export.fragment import render_html

if TYPE_CHECKING:
    from kbkit.export.html import HtmlReportExporter
    from kbkit.export.letter import LetterExporter
    from kbkit.export.pdf import PdfReportExporter
    from kbkit.export.workbook import WorkbookExporter

__all__ = ["HtmlReportExporter", "LetterExporter", "PdfReportExporter", "WorkbookExporter", "render_html"]

_EXPORTERS = {
    "HtmlReportExporter": "kbkit.export.html",
    "LetterExporter": "kbkit.export.letter",
    "PdfReportExporter": "kbkit.export.pdf",
    "WorkbookExporter": "kbkit.export.workbook",
}


def __getattr__(name: str) -> Any:
    # A kernel displays fragments and exports nothing: it must not wait half a second for nbconvert and Typst.
    if name not in _EXPORTERS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_EXPORTERS[name]), name)
