"""Reports out of notebooks: accessible HTML and PDF, set from blocks and not from markup.

A notebook carries its tables, figures and sentences as blocks (:mod:`kbkit.document`). Both exporters read them in
order, number them in one pass and set each natively, so that the two formats cannot disagree. Notebooks that kbkit did
not make are read, too.
"""

from kbkit.export.fragment import render_html
from kbkit.export.html import HtmlReportExporter
from kbkit.export.pdf import PdfReportExporter

__all__ = ["HtmlReportExporter", "PdfReportExporter", "render_html"]
