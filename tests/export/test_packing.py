from __future__ import annotations

import io
from collections import Counter

import pytest
from nbformat import NotebookNode
from pypdf import PdfReader

from kbkit.export import pdf as pdf_module
from kbkit.export.packing import pack
from tests.export.conftest import report as report_of
from tests.export.conftest import table, text_of, to_pdf_bytes
from tests.export.test_pdf import roles


@pytest.fixture
def unpacked(full_report: NotebookNode, monkeypatch: pytest.MonkeyPatch) -> bytes:
    monkeypatch.setattr(pdf_module, "pack", lambda pdf: pdf)
    return to_pdf_bytes(full_report)


def test_a_packed_file_says_the_same(unpacked: bytes) -> None:
    before, after = PdfReader(io.BytesIO(unpacked), strict=True), PdfReader(io.BytesIO(pack(unpacked)), strict=True)
    assert text_of(after) == text_of(before)
    assert Counter(roles(after)) == Counter(roles(before))
    assert len(after.outline) == len(before.outline)
    assert after.metadata == before.metadata
    assert after.trailer["/ID"] == before.trailer["/ID"]
    assert after.xmp_metadata is not None


def test_a_long_table_is_a_third_of_what_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    node = report_of(table(*((f"Desa {n}", str(n)) for n in range(400))))
    packed = to_pdf_bytes(node)
    monkeypatch.setattr(pdf_module, "pack", lambda pdf: pdf)
    assert len(packed) < len(to_pdf_bytes(node)) / 2


@pytest.mark.parametrize("broken", [b"", b"%PDF-1.7\n", b"%PDF-1.7\ntrailer<<>>startxref\n99\n%%EOF\n"])
def test_what_is_no_pdf_of_typst_is_refused(broken: bytes) -> None:
    with pytest.raises(ValueError, match="cross-reference"):
        pack(broken)


def test_an_object_that_overlaps_the_next_is_refused(unpacked: bytes) -> None:
    with pytest.raises(ValueError, match="does not end"):
        pack(unpacked.replace(b"endobj", b"enbobj", 1))
