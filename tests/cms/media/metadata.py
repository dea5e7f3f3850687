"""Reads stored pictures byte by byte, without Pillow, and names everything in them that is no picture."""

import struct

PNG_CHUNKS = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"}
WEBP_CHUNKS = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH"}
JPEG_SEGMENTS = {0xE0, 0xC0, 0xC2, 0xC4, 0xDB, 0xDD}  # JFIF, frames, tables: no APP1 to APP15, no comment
START_OF_SCAN = 0xDA


def metadata_in(data: bytes) -> list[str]:
    """Return a name for each part of a JPEG, PNG or WebP file that isn't needed to show it. Else raises ValueError."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return _png_extras(data)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return _webp_extras(data)
    if data.startswith(b"\xff\xd8"):
        return _jpeg_extras(data)
    message = f"no picture of ours: {data[:12]!r}"
    raise ValueError(message)


def _png_extras(data: bytes) -> list[str]:
    extras, position = [], 8
    while position < len(data):
        length, kind = struct.unpack(">I4s", data[position : position + 8])
        if kind not in PNG_CHUNKS:
            extras.append(f"chunk {kind!r}")
        position += length + 12
        if kind == b"IEND":
            break
    return extras + _behind(data, position)


def _webp_extras(data: bytes) -> list[str]:
    extras, position = [], 12
    end = struct.unpack("<I", data[4:8])[0] + 8
    while position < end:
        kind, length = struct.unpack("<4sI", data[position : position + 8])
        if kind not in WEBP_CHUNKS:
            extras.append(f"chunk {kind!r}")
        position += 8 + length + length % 2
    return extras + _behind(data, end)


def _jpeg_extras(data: bytes) -> list[str]:
    extras, position = [], 2
    while data[position + 1] != START_OF_SCAN:
        marker, length = data[position + 1], struct.unpack(">H", data[position + 2 : position + 4])[0]
        if marker not in JPEG_SEGMENTS:
            extras.append(f"segment {marker:#x}")
        position += 2 + length
    return extras + _behind(data, data.index(b"\xff\xd9", position) + 2)


def _behind(data: bytes, end: int) -> list[str]:
    return [f"{len(data) - end} bytes behind the end"] if len(data) > end else []
