"""Workbooks whose container or XML was damaged or made to do harm."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

from tests.damage.containers import as_workbook
from tests.damage.damage import RIGHT, SAFE, TOLD, Outcome, on_file
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


@on_file(Outcome.REFUSED)
def zip_bomb(specimen: Specimen, folder: Path) -> None:
    """A sheet of a few hundred kilobytes swells to a third of a gigabyte."""
    swollen = _Swollen(b"<sheetData>" + b" " * 1_000_000, times=350)
    specimen.write(folder, swollen.zipped(as_workbook(specimen.grid)))


class _Swollen:
    """A member far larger than what is written of it: one deflated block, many times over."""

    def __init__(self, block: bytes, *, times: int) -> None:
        self.block, self.times = block, times

    def zipped(self, workbook: bytes) -> bytes:
        target = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(workbook)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
            for name in source.namelist():
                if name != _SHEET:
                    copy.writestr(name, source.read(name))
            with copy.open(_SHEET, "w") as member:
                for _ in range(self.times):
                    member.write(self.block)
        return target.getvalue()


@on_file(Outcome.REFUSED)
def zip_that_lies(specimen: Specimen, folder: Path) -> None:
    """The zip says that its sheet has a tenth of its true size."""
    content = bytearray(as_workbook(specimen.grid))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        info = archive.getinfo(_SHEET)
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        for found in re.finditer(re.escape(signature), bytes(content)):
            place = found.start() + offset
            if struct.unpack_from("<I", content, place)[0] == info.file_size:
                struct.pack_into("<I", content, place, info.file_size // 10)
    specimen.write(folder, bytes(content))


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


@on_file(*SAFE)
def cells_without_places(specimen: Specimen, folder: Path) -> None:
    """No cell says where it stands, as some programs write: each stands right of the one before."""
    _sheet_changed(specimen, folder, lambda xml: re.sub(rb'<c r="[A-Z]+\d+"', b"<c", xml))
