"""The HTML report: one file that asks nothing of the network."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jinja2 import Environment
from nbconvert.exporters import TemplateExporter
from traitlets import default
from traitlets.config import Config

from kbkit.document import Heading
from kbkit.export.numbering import Placed
from kbkit.export.preprocessor import REPORT_PREPROCESSORS, REPORT_SETTINGS
from kbkit.export.templating import TEMPLATE_NAME, TEMPLATES, prepare


class HtmlReportExporter(TemplateExporter):
    """Notebook to one self-contained HTML page (``jupyter nbconvert --to kbkit-html``).

    The page works without JavaScript and without a network, prints on A4, and its bytes depend on nothing but the
    notebook. The look lives in ``templates/kbkit-html``; a template of one's own may extend it as any of nbconvert's.
    """

    export_from_notebook = "kbkit (HTML)"
    output_mimetype = "text/html"

    @default("default_preprocessors")
    def _default_preprocessors_default(self) -> list[str]:
        return list(REPORT_PREPROCESSORS)

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".html"

    @default("template_extension")
    def _template_extension_default(self) -> str:
        return ".html.j2"

    @default("template_name")
    def _template_name_default(self) -> str:
        return TEMPLATE_NAME

    @default("extra_template_basedirs")
    def _default_extra_template_basedirs(self) -> list[str]:
        return [*super()._default_extra_template_basedirs(), str(TEMPLATES)]

    @property
    def default_config(self) -> Config:
        """Defaults of nbconvert, with cells removable by tag."""
        config = Config(REPORT_SETTINGS)
        config.merge(super().default_config)
        return config

    def _create_environment(self) -> Environment:
        environment = prepare(super()._create_environment())  # type: ignore[no-untyped-call]
        environment.globals["chapters"] = chapters
        return environment


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """A heading of level 1 and what stands under it; ``heading`` is absent before the first one."""

    heading: Placed | None
    parts: tuple[Placed, ...]


def chapters(parts: Sequence[Placed]) -> Iterator[Chapter]:
    """Cut a report at its headings of level 1."""
    heading: Placed | None = None
    inside: list[Placed] = []
    for part in parts:
        if isinstance(part.element, Heading) and part.element.level == 1:
            if heading is not None or inside:
                yield Chapter(heading=heading, parts=tuple(inside))
            heading, inside = part, []
        else:
            inside.append(part)
    if heading is not None or inside:
        yield Chapter(heading=heading, parts=tuple(inside))
