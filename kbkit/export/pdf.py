"""The PDF report, set by Typst: tagged, PDF/UA-1 and PDF/A-2a, the same bytes for the same notebook."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst
from nbconvert.exporters import Exporter
from traitlets import default
from traitlets.config import Config

from kbkit.errors import RenderError
from kbkit.export.packing import pack
from kbkit.export.preprocessor import REPORT_PREPROCESSORS, REPORT_SETTINGS
from kbkit.export.reading import Report
from kbkit.export.typst_data import typst_data

_HERE = Path(__file__).parent
_TEMPLATES = _HERE / "typst"
_FONTS = _HERE.parent / "fonts"

# PDF/UA-1 makes a figure without alternative text an error of compilation; PDF/A-2a, for archives, costs nothing
# beside it.
_STANDARDS: list[typst.PDFStandard] = ["ua-1", "a-2a"]

# PDF/A demands a date, and the time of making would give other bytes each time: a report carries the date of its data,
# and one without a date the zero of the clock, which nobody takes for a real one.
_NO_DATE = dt.date(1970, 1, 1)


class PdfReportExporter(Exporter):
    """Notebook to an accessible PDF (``jupyter nbconvert --to kbkit-pdf``), without LaTeX and without a browser."""

    export_from_notebook = "kbkit (PDF)"
    output_mimetype = "application/pdf"

    def __init__(self, *arguments: Any, **options: Any) -> None:
        """Read the fonts, too: a process that is forked for every report then reads them once."""
        super().__init__(*arguments, **options)  # type: ignore[no-untyped-call]
        package_fonts()

    @default("default_preprocessors")
    def _default_preprocessors_default(self) -> list[str]:
        return list(REPORT_PREPROCESSORS)

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".pdf"

    @property
    def default_config(self) -> Config:
        """Defaults of nbconvert, with cells removable by tag."""
        return Config(REPORT_SETTINGS)

    def from_notebook_node(self, nb: Any, resources: Any = None, **kw: Any) -> Any:
        """Set a notebook; return the bytes of the PDF and the resources.

        Raises:
            RenderError: the report cannot be read, or Typst refuses it (a figure that is no SVG, for example).
        """
        _, resources = super().from_notebook_node(nb, resources, **kw)
        return set_pdf(resources["report"]), resources


def set_pdf(report: Report) -> bytes:
    """Set a report as PDF.

    The report reaches Typst as JSON and picture files, never as markup. Typst sees a folder of its own and the fonts
    of this package, nothing else of the machine, so that every machine makes the same pages.

    Raises:
        RenderError: Typst refuses the report.
    """
    data, pictures = typst_data(report)
    with TemporaryDirectory(prefix="kbkit-") as folder:
        for name, content in (_templates() | pictures).items():
            Path(folder, name).write_bytes(content)
        try:
            return _compile(data, root=folder, date=report.document.date or _NO_DATE)
        except typst.TypstError as error:
            raise RenderError(target=report.document.title, diagnostic=error.diagnostic) from error


def _compile(data: str, *, root: str, date: dt.date) -> bytes:
    midnight = dt.datetime.combine(date, dt.time(), tzinfo=dt.UTC)
    compiler = typst.Compiler(
        Path(root, "report.typ"),
        root=root,
        font_paths=package_fonts(),
        sys_inputs={"report": data},
    )
    pdf = compiler.compile(format="pdf", pdf_standards=_STANDARDS, timestamp=midnight)
    assert isinstance(pdf, bytes)  # a list only for one picture a page
    return pack(pdf)


@cache
def _templates() -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(_TEMPLATES.glob("*.typ"))}


@cache
def package_fonts() -> typst.Fonts:
    """Return the fonts of this package, and none of the machine's."""
    return typst.Fonts(include_system_fonts=False, font_paths=[str(_FONTS)])
