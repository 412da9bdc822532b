"""Reports out of notebooks: accessible HTML and PDF, set from blocks and not from markup.

A notebook carries its tables, figures and sentences as blocks (:mod:`kbkit.document`). Both exporters read them in
order, number them in one pass and set each natively, so that the two formats cannot disagree. Notebooks that kbkit did
not make are read, too.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from kbkit.export.fragment import render_html

if TYPE_CHECKING:
    from kbkit.export.html import HtmlReportExporter
    from kbkit.export.pdf import PdfReportExporter

__all__ = ["HtmlReportExporter", "PdfReportExporter", "render_html"]

_EXPORTERS = {"HtmlReportExporter": "kbkit.export.html", "PdfReportExporter": "kbkit.export.pdf"}


def __getattr__(name: str) -> Any:
    # A kernel displays fragments and exports nothing: it must not wait half a second for nbconvert and Typst.
    if name not in _EXPORTERS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_EXPORTERS[name]), name)
