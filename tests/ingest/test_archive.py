"""A zip is looked at before it is unpacked: what would end the program or fill the memory is refused in words."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from kbkit.ingest.archive import MAX_CELLS, MAX_UNPACKED, check_archive
from kbkit.ingest.unreadable import UnreadableError
from tests.ingest.writing import write_workbook

_SHEET = "xl/worksheets/sheet1.xml"


def _zipped(xml: bytes, name: str = _SHEET) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, xml)
    return target.getvalue()


def _sheet(*cells: str) -> bytes:
    return f"<worksheet><sheetData>{''.join(cells)}</sheetData></worksheet>".encode()


def _code(content: bytes) -> str:
    with pytest.raises(UnreadableError) as caught:
        check_archive(content)
    return caught.value.code


def test_a_workbook_as_it_is_written(tmp_path: Path) -> None:
    check_archive(write_workbook(tmp_path / "x.xlsx", [["Desa"], ["Kulu"]]).read_bytes())


def test_what_swells_is_refused() -> None:
    assert _code(_zipped(b" " * (MAX_UNPACKED + 1))) == "ingest.swollen"


@pytest.mark.parametrize("prefix", ["", "x:"])
def test_a_stray_cell_far_away_is_refused_by_its_name(prefix: str) -> None:
    row = f'<{prefix}row r="1048576"><{prefix}c r="XFD1048576"><{prefix}v>1</{prefix}v></{prefix}c></{prefix}row>'
    with pytest.raises(UnreadableError, match="XFD1048576"):
        check_archive(_zipped(_sheet(row)))
    assert MAX_CELLS < 1_048_576 * 16_384


def test_formats_alone_take_no_room() -> None:
    check_archive(_zipped(_sheet('<row r="1048576"><c r="XFD1048576" s="3"/></row>')))


@pytest.mark.parametrize(
    "xml", [b"<!DOCTYPE x [<!ENTITY a 'b'>]><worksheet></worksheet>", b"<worksheet><sheetData><row", b""]
)
def test_xml_that_no_spreadsheet_writes_is_refused(xml: bytes) -> None:
    assert _code(_zipped(xml)) == "ingest.cannot_read"


def test_what_does_not_fit_its_checksum_is_refused() -> None:
    content = bytearray(_zipped(_sheet()))
    place = content.index(b"PK\x01\x02") + 16
    content[place] ^= 1
    content[14] ^= 1
    assert _code(bytes(content)) == "ingest.cannot_read"
