"""Workbooks whose container or XML was damaged or made to do harm."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

from tests.damage.containers import as_workbook
from tests.damage.damage import RIGHT, SAFE, Outcome, on_file
from tests.damage.specimen import Specimen

_SHEET = "xl/worksheets/sheet1.xml"


def _changed(content: bytes, change: Callable[[str, bytes], bytes | None], **further: bytes) -> bytes:
    """Return a zip with each member changed, or left out where the change is ``None``, and further members."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in source.namelist():
            if (member := change(name, source.read(name))) is not None:
                copy.writestr(name, member)
        for name, member in further.items():
            copy.writestr(name, member)
    return target.getvalue()


def _sheet_changed(specimen: Specimen, folder: Path, change: Callable[[bytes], bytes]) -> None:
    workbook = as_workbook(specimen.grid)
    specimen.write(folder, _changed(workbook, lambda name, member: change(member) if name == _SHEET else member))


def _with_size(content: bytes, member: str, change: Callable[[int], int]) -> bytes:
    """Return a zip that says another size of a member, at both places where a zip says it."""
    damaged = bytearray(content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        size = archive.getinfo(member).file_size
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        for found in re.finditer(re.escape(signature), content):
            place = found.start() + offset
            if struct.unpack_from("<I", content, place)[0] == size:
                struct.pack_into("<I", damaged, place, change(size))
    return bytes(damaged)


@on_file(Outcome.REFUSED, messages=("ingest.swollen",))
def zip_bomb(specimen: Specimen, folder: Path) -> None:
    """A sheet of a few kilobytes says that it swells to three gigabytes."""
    specimen.write(folder, _with_size(as_workbook(specimen.grid), _SHEET, lambda size: 3 * 2**30))


@on_file(Outcome.REFUSED)
def zip_that_lies(specimen: Specimen, folder: Path) -> None:
    """The zip says that its sheet has a tenth of its true size, and it swells to more."""
    specimen.write(folder, _with_size(as_workbook(specimen.grid), _SHEET, lambda size: size // 10))


@on_file(Outcome.REFUSED)
def zip_with_wrong_checksum(specimen: Specimen, folder: Path) -> None:
    """A number inside the sheet changed on the way, and the checksum does not fit."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(as_workbook(specimen.grid))) as source:
        with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as copy:
            for name in source.namelist():
                copy.writestr(name, source.read(name))
        marker = source.read(_SHEET)[-40:]
    content = target.getvalue()
    place = content.index(marker) - 30
    specimen.write(folder, content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])


@on_file(Outcome.REFUSED)
def zip_without_its_sheet(specimen: Specimen, folder: Path) -> None:
    """The sheet is not in the zip."""
    workbook = as_workbook(specimen.grid)
    specimen.write(folder, _changed(workbook, lambda name, member: None if name == _SHEET else member))


@on_file(Outcome.REFUSED, Outcome.LESS)
def zip_without_shared_texts(specimen: Specimen, folder: Path) -> None:
    """The table of texts is not in the zip."""
    workbook = as_workbook(specimen.grid)
    specimen.write(folder, _changed(workbook, lambda name, member: None if "sharedStrings" in name else member))


@on_file(Outcome.REFUSED)
def zip_of_something_else(specimen: Specimen, folder: Path) -> None:
    """A zip with the export inside bears the file's name."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(specimen.file, specimen.content())
    specimen.write(folder, target.getvalue())


@on_file(Outcome.REFUSED)
def xml_cut_off(specimen: Specimen, folder: Path) -> None:
    """The XML of the sheet ends in the middle, in a zip that is whole."""
    _sheet_changed(specimen, folder, lambda xml: xml[: len(xml) * 3 // 4])


@on_file(Outcome.REFUSED)
def xml_with_laughing_entities(specimen: Specimen, folder: Path) -> None:
    """Entities that grow a billionfold stand in the XML of the sheet."""
    entities = b'<!DOCTYPE x [<!ENTITY a "ha">' + b"".join(
        b'<!ENTITY %c "%s">' % (98 + i, b"&%c;" % (97 + i) * 10) for i in range(9)
    )
    _sheet_changed(
        specimen,
        folder,
        lambda xml: xml.replace(b"<worksheet", entities + b"]><worksheet", 1).replace(b"<v>", b"<v>&j;", 1),
    )


@on_file(Outcome.REFUSED)
def xml_with_external_entity(specimen: Specimen, folder: Path) -> None:
    """An entity asks for a file of the machine."""
    _sheet_changed(
        specimen,
        folder,
        lambda xml: xml.replace(
            b"<worksheet", b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><worksheet', 1
        ),
    )


@on_file(*RIGHT)
def dimension_of_the_whole_sheet(specimen: Specimen, folder: Path) -> None:
    """The sheet says that it reaches to XFD1048576, and holds a small table."""
    _sheet_changed(
        specimen, folder, lambda xml: re.sub(rb'<dimension ref="[^"]*"/>', b'<dimension ref="A1:XFD1048576"/>', xml)
    )


@on_file(*RIGHT)
def dimension_too_small(specimen: Specimen, folder: Path) -> None:
    """The sheet says that it is one cell."""
    _sheet_changed(specimen, folder, lambda xml: re.sub(rb'<dimension ref="[^"]*"/>', b'<dimension ref="A1"/>', xml))


@on_file(*RIGHT)
def dimension_missing(specimen: Specimen, folder: Path) -> None:
    """The sheet does not say how far it reaches."""
    _sheet_changed(specimen, folder, lambda xml: re.sub(rb'<dimension ref="[^"]*"/>', b"", xml))


@on_file(*SAFE)
def row_far_beyond_the_sheet(specimen: Specimen, folder: Path) -> None:
    """A cell says that it stands in row four billion."""
    cell = b'<row r="4000000000"><c r="A4000000000"><v>1</v></c></row></sheetData>'
    _sheet_changed(specimen, folder, lambda xml: xml.replace(b"</sheetData>", cell))


@on_file(*RIGHT)
def millions_of_formatted_cells(specimen: Specimen, folder: Path) -> None:
    """Formats reach down to the last cell of a sheet."""
    _sheet_changed(specimen, folder, lambda xml: _with_rows(xml, b'<c r="XFD%d" s="0"/>', 1000, 1_048_576, 50_000))


@on_file(Outcome.REFUSED, messages=("ingest.scattered",))
def a_word_in_the_last_cell(specimen: Specimen, folder: Path) -> None:
    """A stray word stands in XFD1048576: the sheet has seventeen billion cells."""
    cell = b'<c r="XFD%d" t="inlineStr"><is><t>x</t></is></c>'
    _sheet_changed(specimen, folder, lambda xml: _with_rows(xml, cell, 1_048_576, 1_048_577, 1))


@on_file(*SAFE)
def a_word_far_below(specimen: Specimen, folder: Path) -> None:
    """A stray word stands in row 1,500."""
    cell = b'<c r="A%d" t="inlineStr"><is><t>x</t></is></c>'
    _sheet_changed(specimen, folder, lambda xml: _with_rows(xml, cell, 1_500, 1_501, 1))


def _with_rows(xml: bytes, cell: bytes, first: int, end: int, step: int) -> bytes:
    rows = b"".join(b'<row r="%d">%b</row>' % (row, cell % row) for row in range(first, end, step))
    return xml.replace(b"</sheetData>", rows + b"</sheetData>")


@on_file(*RIGHT)
def cells_without_places(specimen: Specimen, folder: Path) -> bool:
    """No cell says where it stands, as some programs write: each stands right of the one before."""
    if specimen.grid.titles or any(cell in ("", None) for row in specimen.grid.rows for cell in row):
        return False  # a cell that is not written leaves no gap
    _sheet_changed(specimen, folder, lambda xml: re.sub(rb'<c r="[A-Z]+\d+"', b"<c", xml))
    return True
