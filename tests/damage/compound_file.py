"""A minimal compound file (OLE 2): the container of old workbooks and of encrypted ones ([MS-CFB], version 3)."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from typing import Final

_SECTOR: Final = 512
_LEAST: Final = 4096
"""Streams below this size would stand in a stream of small ones; they are filled up with zeros instead."""
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def compound_file(streams: Mapping[str, bytes]) -> bytes:
    """Return a compound file with some streams in its root, at most seven."""
    names = sorted(streams, key=lambda name: (len(name), name))
    contents = [streams[name].ljust(max(_LEAST, -(-len(streams[name]) // _SECTOR) * _SECTOR), b"\0") for name in names]
    sizes = [len(content) // _SECTOR for content in contents]
    directory_sectors = -(-(len(names) + 1) // 4)
    fat = [_FAT, *range(2, directory_sectors + 1), _END]
    starts = []
    for size in sizes:
        starts.append(len(fat))
        fat += [*range(len(fat) + 1, len(fat) + size), _END]
    assert len(fat) <= _SECTOR // 4, "one sector of the table is enough for a test"
    table = struct.pack("<128I", *fat, *[_FREE] * (128 - len(fat)))
    directory = _entry("Root Entry", kind=5, child=1 if names else _FREE)
    for index, (name, start, content) in enumerate(zip(names, starts, contents, strict=True)):
        right = index + 2 if index + 1 < len(names) else _FREE
        directory += _entry(name, kind=2, right=right, start=start, size=len(content))
    return _header() + table + directory.ljust(directory_sectors * _SECTOR, b"\0") + b"".join(contents)


def _header() -> bytes:
    signature = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    versions = struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    places = struct.pack("<IIIIIIIII", 0, 1, 1, 0, _LEAST, _END, 0, _END, 0)
    return (signature + versions + places + struct.pack("<109I", 0, *[_FREE] * 108)).ljust(_SECTOR, b"\0")


def _entry(name: str, *, kind: int, right: int = _FREE, child: int = _FREE, start: int = _END, size: int = 0) -> bytes:
    encoded = (name + "\0").encode("utf-16-le")
    head = encoded.ljust(64, b"\0") + struct.pack("<HBBIII", len(encoded), kind, 1, _FREE, right, child)
    return head + bytes(36) + struct.pack("<IQ", start, size)
