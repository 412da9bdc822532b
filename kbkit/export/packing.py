"""A PDF made smaller without a change to what it says: its small objects in compressed streams.

Typst writes every element of the structure tree in plain, a hundred bytes for each cell of a table, and these are two
thirds of a report with long tables. PDF 1.5 and later, and PDF/A-2 with it, may keep them in object streams (ISO
32000-1, 7.5.7 and 7.5.8).
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator, Mapping

_XREF = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")
_TRAILER = re.compile(rb"trailer\s*<<(.*)>>\s*startxref", re.DOTALL)
_SIZE = re.compile(rb"/Size \d+")
_OBJECT = re.compile(rb"\d+ 0 obj")
_END = b"endobj"
_TOGETHER = 200


def pack(pdf: bytes) -> bytes:
    """Return a PDF of Typst with its objects packed.

    Objects that hold a stream stay as they are: they are compressed already.

    Raises:
        ValueError: the file has no plain table of its objects, hence Typst writes otherwise than it did.
    """
    found, trailer = _XREF.search(pdf), _TRAILER.search(pdf)
    if found is None or trailer is None:
        raise ValueError("not a PDF with a plain cross-reference table")
    table = int(found[1])
    offsets = _offsets(pdf, table)
    bodies = dict(_bodies(pdf, table, offsets))
    loose = {number: body for number, body in bodies.items() if b"stream" in body}
    small = {number: body for number, body in bodies.items() if number not in loose}
    start = pdf[: min(offsets.values())]
    return _written(start, loose, small, _SIZE.sub(b"", trailer[1]).strip())


def _offsets(pdf: bytes, table: int) -> Mapping[int, int]:
    """Return where each object begins, from the table of 20 bytes a line."""
    head = re.compile(rb"xref\s+0 (\d+)\s+").match(pdf, table)
    if head is None:
        raise ValueError("a cross-reference table in more than one part")
    places = range(head.end(), head.end() + 20 * int(head[1]), 20)
    lines = (pdf[place : place + 20] for place in places)
    return {number: int(line[:10]) for number, line in enumerate(lines) if line[17:18] == b"n"}


def _bodies(pdf: bytes, table: int, offsets: Mapping[int, int]) -> Iterator[tuple[int, bytes]]:
    order = sorted(offsets, key=lambda number: offsets[number])
    ends = [*(offsets[number] for number in order[1:]), table]
    for number, end in zip(order, ends, strict=True):
        text = pdf[offsets[number] : end].rstrip()
        head = _OBJECT.match(text)
        if head is None or not text.endswith(_END):
            raise ValueError(f"object {number} does not end where the next begins")
        yield number, text[head.end() : -len(_END)].strip()


def _written(start: bytes, loose: Mapping[int, bytes], small: Mapping[int, bytes], trailer: bytes) -> bytes:
    """Return the file: loose objects, object streams, and a cross-reference stream over both."""
    file, next_number = bytearray(start), max((*loose, *small)) + 1
    places: dict[int, tuple[int, int, int]] = {0: (0, 0, 65535)}
    for number, body in loose.items():
        places[number] = (1, len(file), 0)
        file += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    members = list(small.items())
    for first in range(0, len(members), _TOGETHER):
        group = members[first : first + _TOGETHER]
        places[next_number] = (1, len(file), 0)
        places |= {number: (2, next_number, index) for index, (number, _) in enumerate(group)}
        file += _object_stream(next_number, dict(group))
        next_number += 1
    places[next_number] = (1, len(file), 0)
    lines = b"".join(struct.pack(">BIH", *places.get(number, (0, 0, 65535))) for number in range(next_number + 1))
    keys = b"/Type /XRef /W [1 4 2] /Size %d %b" % (next_number + 1, trailer)
    position = len(file)
    file += _stream(next_number, keys, lines)
    return bytes(file + b"startxref\n%d\n%%%%EOF\n" % position)


def _object_stream(number: int, objects: Mapping[int, bytes]) -> bytes:
    positions, content = [], bytearray()
    for member, body in objects.items():
        positions.append(b"%d %d" % (member, len(content)))
        content += body + b"\n"
    index = b" ".join(positions) + b"\n"
    return _stream(number, b"/Type /ObjStm /N %d /First %d" % (len(objects), len(index)), index + bytes(content))


def _stream(number: int, keys: bytes, content: bytes) -> bytes:
    packed = zlib.compress(content, 9)
    return b"%d 0 obj\n<<%b /Filter /FlateDecode /Length %d>>\nstream\n%b\nendstream\nendobj\n" % (
        number,
        keys,
        len(packed),
        packed,
    )
