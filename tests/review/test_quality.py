"""The page and the table of what the checks found."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pandas as pd
import pytest

from kbkit.dataset import read_metadata
from kbkit.errors import Fault
from kbkit.prepare import prepare_dataset
from kbkit.review import QUALITY_PAGE, QUALITY_TABLE, quality_documents
from kbkit.text import LANGUAGES, Language
from tests.ingest.writing import BERKELANJUTAN, classification_row, write_classification

PLACE = ("SUMATERA BARAT", "KOTA PARIAMAN", "PARIAMAN TENGAH")


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    """Fifteen Kampung KB with nothing entered, a printed tier that does not follow, a hostile name, an odd file."""
    rows = [classification_row("Kampung Pondok", place=PLACE) for _ in range(15)]
    rows = [[*row[:1], f"KKB {number}", *row[2:]] for number, row in enumerate(rows)]
    rows.append(classification_row("Alai Gelombang", (*BERKELANJUTAN[:-1], "Mandiri"), place=PLACE))
    rows.append(classification_row("<script>alert(1)</script>", place=PLACE))
    folder = tmp_path / "ekspor"
    folder.mkdir()
    write_classification(folder / "k_2022-06-13.xlsx", rows, sheet="DATA SIMULASI")
    (folder / "catatan <b>.csv").write_text("a;b\n1;2\n", encoding="utf-8")
    prepare_dataset(sources=[folder], out=tmp_path / "D")
    return tmp_path / "D"


def test_the_page_tells_every_check_with_its_first_rows(dataset: Path) -> None:
    page = (dataset / QUALITY_PAGE).read_text(encoding="utf-8")
    assert page.startswith('<!DOCTYPE html>\n<html lang="id">')
    assert page.count('<p class="stamp">DATA SIMULASI</p>') == 2
    assert "klasifikasi tercetak “mandiri”, hitungan ulang dari 12 skor “berkelanjutan”" in page
    section = page[page.index('<section id="quality-nothing_entered">') :]
    section = section[: section.index("</section>")]
    assert section.count("<tr><td>Kota Pariaman</td>") == 10
    assert "15 baris, dalam: ekspor/k_2022-06-13.xlsx (15)." in section
    assert "baris 2</td>" in section or "baris 2," in section
    assert "… dan 5 baris lagi dalam quality.csv." in section
    assert "catatan &lt;b&gt;.csv" in page
    assert "kbkit review" in page


def test_the_page_asks_nothing_of_the_network(dataset: Path) -> None:
    page = (dataset / QUALITY_PAGE).read_text(encoding="utf-8")
    assert re.findall(r'(?:src|href)\s*=\s*"(?!#)', page) == []
    assert not re.search(r"https?:|@import|url\(|<script", page)
    assert "@media print" in page


def test_the_table_holds_every_row(dataset: Path) -> None:
    content = (dataset / QUALITY_TABLE).read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))
    issues = pd.read_parquet(dataset / "issues")
    assert len(rows) == len(issues)
    differs = next(row for row in rows if row["Kode temuan"] == "quality.tier_differs")
    assert (differs["Tertulis"], differs["Pembanding"], differs["Kode kabupaten/kota"]) == (
        "mandiri",
        "berkelanjutan",
        "13.77",
    )
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_languages_and_the_same_bytes(dataset: Path, language: Language) -> None:
    tables = {name: pd.read_parquet(dataset / name) for name in ("issues", "villages", "unmatched")}
    for name in tables:
        tables[name]["regency_code"] = tables[name]["regency_code"].astype("object")
    faults = [Fault(code="ingest.unrecognised", file="ekspor/catatan <b>.csv")]
    one, two = (
        quality_documents(tables, metadata=read_metadata(dataset), faults=faults, language=language) for _ in range(2)
    )
    assert one == two
    if language == "id":
        assert one[QUALITY_TABLE] == (dataset / QUALITY_TABLE).read_bytes()
