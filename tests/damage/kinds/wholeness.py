"""Files cut off, empty, of another kind, or twice in one."""

from __future__ import annotations

import gzip
import random
from pathlib import Path

from tests.damage.containers import as_delimited, as_html, as_workbook
from tests.damage.damage import CUT_SHORT, RIGHT, SAFE, TOLD, Outcome, on_bytes, on_file
from tests.damage.specimen import Specimen


def _cut(content: bytes, share: float) -> bytes:
    return content[: int(len(content) * share)]


@on_bytes(Outcome.REFUSED)
def nothing_left(content: bytes, chance: random.Random) -> bytes:
    """The file has no byte."""
    return b""


@on_bytes(Outcome.REFUSED)
def only_blanks(content: bytes, chance: random.Random) -> bytes:
    """The file holds blanks and line breaks."""
    return b" \r\n\t\r\n" * 9


@on_bytes(*TOLD)
def cut_after_a_tenth(content: bytes, chance: random.Random) -> bytes:
    """A tenth of the bytes arrived."""
    return _cut(content, 0.1)


@on_bytes(*TOLD)
def cut_in_the_middle(content: bytes, chance: random.Random) -> bytes:
    """Half of the bytes arrived."""
    return _cut(content, 0.5)


@on_bytes(*TOLD)
def cut_before_the_end(content: bytes, chance: random.Random) -> bytes:
    """Nine tenths of the bytes arrived."""
    return _cut(content, 0.9)


@on_bytes(*TOLD, Outcome.SAME, Outcome.AS_TYPED, typed=(CUT_SHORT,), messages=("ingest.last_line_open",))
def cut_inside_the_last_number(content: bytes, chance: random.Random) -> bytes | None:
    """The last line lost its end and its last sign: if that was a digit, nothing but a word of warning can tell."""
    return content.rstrip(b"\n")[:-1] if content[:1] not in b"<P" else None


@on_bytes(*SAFE)
def bytes_overwritten(content: bytes, chance: random.Random) -> bytes | None:
    """Sixteen bytes in the middle are zeros."""
    middle = len(content) // 2
    return content[:middle] + b"\x00" * 16 + content[middle + 16 :]


@on_bytes(*SAFE)
def junk_before(content: bytes, chance: random.Random) -> bytes:
    """A line of a web server stands before the file."""
    return b"HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\n\r\n" + content


@on_bytes(Outcome.REFUSED)
def packed(content: bytes, chance: random.Random) -> bytes:
    """The file is gzip."""
    return gzip.compress(content, mtime=0)


@on_bytes(Outcome.REFUSED)
def a_page_of_the_portal(content: bytes, chance: random.Random) -> bytes:
    """In place of the export the portal's page for signing in was saved."""
    return b"<!DOCTYPE html><html><body><form>Masuk <input name=user></form><table><tr><td>Sesi habis</td></tr></table>"


@on_bytes(Outcome.REFUSED)
def a_picture(content: bytes, chance: random.Random) -> bytes:
    """A picture bears the file's name."""
    return b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + chance.randbytes(500)


@on_bytes(Outcome.REFUSED)
def a_document(content: bytes, chance: random.Random) -> bytes:
    """A PDF bears the file's name."""
    return b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n" + chance.randbytes(300)


@on_bytes(Outcome.REFUSED)
def noise(content: bytes, chance: random.Random) -> bytes:
    """Four thousand bytes of chance bear the file's name."""
    return chance.randbytes(4000)


@on_bytes(Outcome.REFUSED)
def an_answer_in_json(content: bytes, chance: random.Random) -> bytes:
    """The answer of an interface was saved."""
    return b'{"status": 500, "message": "Internal Server Error", "data": [1, 2, 3]}'


@on_bytes(Outcome.REFUSED)
def one_endless_line(content: bytes, chance: random.Random) -> bytes:
    """One line of forty thousand signs, as a table that lost its line breaks."""
    return b",".join(b"%d" % number for number in range(8_000))


@on_bytes(Outcome.REFUSED)
def one_endless_field(content: bytes, chance: random.Random) -> bytes:
    """One field of a million signs."""
    return b"x" * 1_050_000


@on_bytes(Outcome.SAME, Outcome.REPEATED, *TOLD, container="delimited")
def twice_in_one(content: bytes, chance: random.Random) -> bytes:
    """Somebody joined the file to itself: the headings stand in its middle."""
    return content + content


@on_bytes(*SAFE)
def lines_lost_their_breaks(content: bytes, chance: random.Random) -> bytes | None:
    """All line breaks are gone."""
    return content.replace(b"\n", b"") if content[:1] not in b"P<" else None


@on_file(*RIGHT)
def saved_as_a_workbook_under_its_name(specimen: Specimen, folder: Path) -> None:
    """A workbook bears the file's name, whatever its ending."""
    specimen.write(folder, as_workbook(specimen.grid))


@on_file(*RIGHT)
def saved_as_html_under_its_name(specimen: Specimen, folder: Path) -> None:
    """An HTML table bears the file's name, whatever its ending."""
    specimen.write(folder, as_html(specimen.grid).encode())


@on_file(*SAFE)
def html_named_xlsx(specimen: Specimen, folder: Path) -> None:
    """An HTML table is named as a workbook."""
    specimen.write(folder, as_html(specimen.grid).encode(), file=str(Path(specimen.file).with_suffix(".xlsx")))


@on_file(*RIGHT)
def text_named_xlsx(specimen: Specimen, folder: Path) -> None:
    """Delimited text is named as a workbook."""
    text = as_delimited(specimen.grid, decimal=",")
    specimen.write(folder, text.encode(), file=str(Path(specimen.file).with_suffix(".xlsx")))


@on_file(*RIGHT)
def workbook_named_csv(specimen: Specimen, folder: Path) -> None:
    """A workbook is named as delimited text."""
    specimen.write(folder, as_workbook(specimen.grid), file=str(Path(specimen.file).with_suffix(".csv")))


@on_file(*RIGHT)
def without_an_ending(specimen: Specimen, folder: Path) -> None:
    """The file's name has no ending."""
    specimen.write(folder, specimen.content(), file=Path(specimen.file).stem)
