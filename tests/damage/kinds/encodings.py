"""The same table in other encodings, with other delimiters and other ends of lines."""

from __future__ import annotations

import random
from pathlib import Path

from tests.damage.containers import as_delimited
from tests.damage.damage import RIGHT, SAFE, TOLD, Outcome, on_bytes, on_file
from tests.damage.specimen import Specimen


def _rewritten(specimen: Specimen, folder: Path, *, delimiter: str, decimal: str = ".", above: str = "") -> None:
    text = above + as_delimited(specimen.grid, delimiter=delimiter, decimal=decimal)
    specimen.write(folder, text.encode())


@on_bytes(*RIGHT, container="delimited")
def utf8_with_mark(content: bytes, chance: random.Random) -> bytes:
    """UTF-8 with a mark of byte order, as Excel writes it."""
    return b"\xef\xbb\xbf" + content


@on_bytes(*RIGHT, container="delimited")
def utf16_little(content: bytes, chance: random.Random) -> bytes:
    """UTF-16, little end first, as Excel's "Unicode text"."""
    return b"\xff\xfe" + content.decode().encode("utf-16-le")


@on_bytes(*RIGHT, container="delimited")
def utf16_big(content: bytes, chance: random.Random) -> bytes:
    """UTF-16, big end first."""
    return b"\xfe\xff" + content.decode().encode("utf-16-be")


@on_bytes(*SAFE, container="delimited")
def utf16_without_mark(content: bytes, chance: random.Random) -> bytes:
    """UTF-16 without a mark."""
    return content.decode().encode("utf-16-le")


@on_bytes(*TOLD, container="delimited")
def utf16_cut_in_a_sign(content: bytes, chance: random.Random) -> bytes:
    """UTF-16 that lost its second byte, so that every sign is another."""
    return b"\xff\xfe" + content.decode().encode("utf-16-le")[1:]


@on_bytes(*SAFE, container="delimited")
def utf32(content: bytes, chance: random.Random) -> bytes:
    """UTF-32, which no office program writes."""
    return content.decode().encode("utf-32")


@on_bytes(*RIGHT, Outcome.AS_TYPED, container="delimited", typed=("DATA SIMULASÍ",))
def windows_code_page(content: bytes, chance: random.Random) -> bytes:
    """A western Windows code page, with an accent in a heading that no reader takes."""
    first, rest = content.decode().split("\n", 1)
    return f"{first}\n{rest}".replace("SIMULASI", "SIMULASÍ").encode("cp1252")


@on_bytes(*SAFE, Outcome.AS_TYPED, container="delimited", typed=("DATA SIMULASI\ufffd\ufffd", "\ufffd\ufffd"))
def bytes_of_no_encoding(content: bytes, chance: random.Random) -> bytes:
    """Bytes that are of no encoding stand at the end of the first village."""
    lines = content.split(b"\n")
    return b"\n".join([lines[0], lines[1] + b"\x81\x8d", *lines[2:]])


@on_bytes(*RIGHT, container="delimited")
def windows_line_ends(content: bytes, chance: random.Random) -> bytes:
    """CR and LF end each line."""
    return content.replace(b"\n", b"\r\n")


@on_bytes(*RIGHT, container="delimited")
def old_mac_line_ends(content: bytes, chance: random.Random) -> bytes:
    """CR alone ends each line."""
    return content.replace(b"\n", b"\r")


@on_bytes(*RIGHT, container="delimited")
def mixed_line_ends(content: bytes, chance: random.Random) -> bytes:
    """Some lines end in CR and LF, some in LF, one in CR CR LF."""
    first, second, third, rest = content.split(b"\n", 3)
    return first + b"\r\n" + second + b"\n" + third + b"\r\r\n" + rest


@on_bytes(*SAFE, container="delimited")
def zero_bytes_inside(content: bytes, chance: random.Random) -> bytes:
    """A zero byte stands inside a number."""
    place = len(content) * 2 // 3
    return content[:place] + b"\x00" + content[place:]


@on_bytes(*SAFE, container="delimited")
def zero_bytes_behind(content: bytes, chance: random.Random) -> bytes:
    """Eight thousand zero bytes follow, as a disk leaves them after a loss of power."""
    return content + b"\x00" * 8192


@on_bytes(*SAFE, container="delimited")
def zero_bytes_far_behind(content: bytes, chance: random.Random) -> bytes:
    """Zero bytes follow beyond the first page of a file whose rows stand there often."""
    head, _, rest = content.partition(b"\n")
    return head + b"\n" + b"\n" * 5000 + rest + b"\x00" * 4096


@on_file(*RIGHT)
def saved_with_semicolons(specimen: Specimen, folder: Path) -> None:
    """Saved as delimited text with semicolons and decimal commas, as an Indonesian Excel does."""
    _rewritten(specimen, folder, delimiter=";", decimal=",")


@on_file(*SAFE)
def saved_with_commas(specimen: Specimen, folder: Path) -> None:
    """Saved as delimited text with commas and decimal points."""
    _rewritten(specimen, folder, delimiter=",")


@on_file(*SAFE)
def saved_with_tabs(specimen: Specimen, folder: Path) -> None:
    """Saved as delimited text with tabs."""
    _rewritten(specimen, folder, delimiter="\t")


@on_file(*SAFE)
def saved_with_bars(specimen: Specimen, folder: Path) -> None:
    """Saved as delimited text with vertical bars."""
    _rewritten(specimen, folder, delimiter="|")


@on_file(*SAFE)
def saved_with_a_word_on_its_delimiter(specimen: Specimen, folder: Path) -> None:
    """The first line says "sep=;", which Excel understands."""
    _rewritten(specimen, folder, delimiter=";", decimal=",", above="sep=;\n")


@on_file(*TOLD)
def delimiters_mixed(specimen: Specimen, folder: Path) -> None:
    """One row has commas where the others have semicolons."""
    lines = as_delimited(specimen.grid).splitlines(keepends=True)
    place = specimen.grid.first + 1
    lines[place] = lines[place].replace(",", " ").replace(";", ",")
    specimen.write(folder, "".join(lines).encode())


@on_file(*TOLD)
def quote_not_closed(specimen: Specimen, folder: Path) -> None:
    """A quotation mark before a field is never closed."""
    lines = as_delimited(specimen.grid).splitlines(keepends=True)
    place = specimen.grid.first + 1
    lines[place] = '"' + lines[place]
    specimen.write(folder, "".join(lines).encode())


@on_file(*TOLD)
def quotes_closed_rows_later(specimen: Specimen, folder: Path) -> None:
    """A quotation mark is closed two rows later, and the rows between vanish into one field."""
    lines = as_delimited(specimen.grid).splitlines(keepends=True)
    place = specimen.grid.first
    lines[place] = '"' + lines[place]
    lines[place + 2] = lines[place + 2].replace(";", '";', 1)
    specimen.write(folder, "".join(lines).encode())


@on_file(*RIGHT)
def every_field_in_quotes(specimen: Specimen, folder: Path) -> None:
    """Every field stands in quotation marks."""
    lines = as_delimited(specimen.grid, decimal=",").splitlines()
    rows = [";".join(f'"{field}"' for field in line.split(";")) for line in lines]
    specimen.write(folder, "\n".join([*rows, ""]).encode())


@on_file(*SAFE)
def every_line_in_quotes(specimen: Specimen, folder: Path) -> None:
    """Every line stands in quotation marks as a whole, as a spreadsheet saves a file that it did not part."""
    lines = as_delimited(specimen.grid, decimal=",").splitlines()
    specimen.write(folder, "\n".join([*(f'"{line}"' for line in lines), ""]).encode())
