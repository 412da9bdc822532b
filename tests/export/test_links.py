from __future__ import annotations

from typing import Any

import pytest
from nbformat import NotebookNode

from kbkit.document import Block, Box, Bullets, Paragraph, Span
from kbkit.errors import RenderError
from kbkit.export import render_html
from tests.export.conftest import figure, heading, report, table, to_html, to_pdf


def link(href: str) -> Paragraph:
    return Paragraph(spans=(Span(text="lihat", href=href),))


def in_bullets(href: str) -> Bullets:
    return Bullets(items=((Span(text="lihat", href=href),),))


def in_box(href: str) -> Box:
    return Box(title="Kotak", children=(link(href),))


def annotations_of(node: NotebookNode) -> list[Any]:
    found: Any = to_pdf(node).pages[0]["/Annots"]
    return [annotation.get_object() for annotation in found]


INSIDE = pytest.mark.parametrize("block", [link, in_bullets, in_box])
OUTWARD = [
    "https://example.org",
    "//example.org/x",
    "/etc/passwd",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,x",
    "file:///x",
    "mailto:a@b.c",
    "\\\\server\\x",
    "a b.html",
    "x.html?a=1",
    "http:report.html",
    " report.html",
    "report.html\n",
]


@INSIDE
@pytest.mark.parametrize("href", OUTWARD)
def test_a_link_that_leaves_is_refused(block: Any, href: str) -> None:
    with pytest.raises(RenderError):
        to_html(report(block(href)))
    with pytest.raises(RenderError):
        render_html([block(href)])


@INSIDE
@pytest.mark.parametrize("href", ["33.16/report.html", "../index.html", "../33.16/report.html#table-1"])
def test_a_relative_link_is_set_in_both_formats(block: Any, href: str) -> None:
    node = report(block(href))
    assert f'<a href="{href}">lihat</a>' in to_html(node)
    assert f'<a href="{href}">lihat</a>' in render_html([block(href)])
    [annotation] = annotations_of(node)
    assert annotation["/A"]["/URI"] == href


def test_a_table_is_linked_by_its_name_wherever_it_stands() -> None:
    blocks: tuple[Block, ...] = (link("#sebaran"), link("#batang"), heading("Satu"), heading("Dua"), table(), figure())
    page = to_html(report(*blocks))
    assert '<a href="#table-2-1">Tabel 2.1 lihat</a>' in page
    assert '<a href="#figure-2-1">Gambar 2.1 lihat</a>' in page
    linked = [note for note in annotations_of(report(*blocks)) if "/Dest" in note or "/D" in note.get("/A", {})]
    assert len(linked) >= 2


def test_a_link_to_nothing_is_refused() -> None:
    with pytest.raises(RenderError, match="nothing of that name"):
        to_html(report(link("#tidak_ada")))
