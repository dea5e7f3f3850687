"""Pictures that someone careless or hostile uploads, all made here, and what must become of each."""

import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageCms

SECRET = "Secret 48.137154N"  # stands in every piece of metadata, and must stand nowhere afterwards
SCRIPT = b"<script>alert(document.domain)</script>"
PHP = b"<?php system($_GET['c']); ?>"
MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Case:
    """One file: the name it is uploaded under, how its bytes are made, and whether it is refused or made harmless."""

    key: str
    name: str
    make: Callable[[], bytes]
    refused: bool

    def __str__(self) -> str:
        return self.key


def picture(mode: str = "RGB", size: tuple[int, int] = (96, 64)) -> Image.Image:
    """Return a picture with a gradient, so that a turn, a crop or an inversion shows."""
    across = Image.linear_gradient("L").rotate(90).resize(size)
    down = Image.linear_gradient("L").resize(size)
    return Image.merge("RGB", (across, down, Image.new("L", size, 60))).convert(mode)


def encoded(kind: str, image: Image.Image | None = None, **options: object) -> bytes:
    """Return a picture in the format that Pillow calls `kind`."""
    output = BytesIO()
    (image or picture()).save(output, kind, **options)
    return output.getvalue()


def location_exif(orientation: int = 1) -> bytes:
    """Return an EXIF block with a position, an author and a thumbnail that has a position of its own."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x013B] = SECRET
    exif.get_ifd(0x8825).update({1: "N", 2: (48.0, 8.0, 13.75), 3: "E", 4: (11.0, 34.0, 31.0), 29: SECRET})
    return exif.tobytes()


def xmp_packet() -> bytes:
    return f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><dc:creator>{SECRET}</dc:creator></x:xmpmeta>'.encode()


def other_colours() -> bytes:
    """Return a colour profile that isn't sRGB by name, with the secret behind its end."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes() + SECRET.encode()


def jpeg_segment(marker: int, payload: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(payload) + 2) + payload


def jpeg_with(*segments: bytes) -> bytes:
    data = encoded("JPEG")
    return data[:2] + b"".join(segments) + data[2:]


def iptc_block() -> bytes:
    text = SECRET.encode()
    record = b"\x1c\x02\x50" + struct.pack(">H", len(text)) + text
    return jpeg_segment(0xED, b"Photoshop 3.0\x008BIM\x04\x04\x00\x00" + struct.pack(">I", len(record)) + record)


def thumbnail_with_position() -> bytes:
    inner = encoded("JPEG", picture(size=(16, 16)), exif=location_exif())
    return jpeg_with(jpeg_segment(0xE1, location_exif() + inner))


def png_chunk(kind: bytes, payload: bytes) -> bytes:
    return struct.pack(">I", len(payload)) + kind + payload + struct.pack(">I", zlib.crc32(kind + payload))


def png_with(*chunks: bytes) -> bytes:
    data = encoded("PNG")
    return data[:33] + b"".join(chunks) + data[33:]


def png_claiming(width: int, height: int) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", header) + encoded("PNG")[33:]


def jpeg_claiming(width: int, height: int) -> bytes:
    data = bytearray(encoded("JPEG"))
    frame = data.index(b"\xff\xc0")
    data[frame + 5 : frame + 9] = struct.pack(">HH", height, width)
    return bytes(data)


def gif_claiming(width: int, height: int) -> bytes:
    data = encoded("GIF")
    return data[:6] + struct.pack("<HH", width, height) + data[10:]


def gif_frame_claiming(width: int, height: int) -> bytes:
    data = bytearray(encoded("GIF"))
    frame = data.index(b"\x2c\x00\x00\x00\x00")
    data[frame + 5 : frame + 9] = struct.pack("<HH", width, height)
    return bytes(data)


def webp_claiming(width: int, height: int) -> bytes:
    data = bytearray(encoded("WEBP", exif=location_exif()))
    start = data.index(b"VP8X") + 12
    data[start : start + 6] = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return bytes(data)


def sixteen_bits() -> bytes:
    image = Image.new("I;16", (64, 64))
    for column in range(64):
        for row in range(64):
            image.putpixel((column, row), column * 1024)
    return encoded("PNG", image)


def animated(kind: str, frames: int = 3, **options: object) -> bytes:
    pictures = [picture(size=(32, 32)).rotate(step * 7) for step in range(frames)]
    return encoded(kind, pictures[0], save_all=True, append_images=pictures[1:], **options)


def gif_and_script() -> bytes:
    """Return a GIF that is a program too: its width reads /* and its trailer closes the comment."""
    data = bytearray(encoded("GIF", picture(size=(0x2A2F, 1)).convert("P")))
    return bytes(data) + b"*/=1;alert(document.domain);" + SCRIPT


def cut(data: bytes) -> bytes:
    return data[: len(data) * 6 // 10]


def svg(inner: str = "") -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{inner}<rect/></svg>'.encode()


def svg_entity() -> bytes:
    return b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + svg("<text>&x;</text>")


def heic_header() -> bytes:
    return struct.pack(">I", 24) + b"ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 400


def inflating_text() -> bytes:
    return png_with(png_chunk(b"zTXt", b"Comment\x00\x00" + zlib.compress(b"x" * 60 * MEGABYTE, 9)))


def refused(key: str, name: str, make: Callable[[], bytes]) -> Case:
    return Case(key, name, make, refused=True)


def harmless(key: str, name: str, make: Callable[[], bytes]) -> Case:
    return Case(key, name, make, refused=False)


BOMBS = [
    refused("png 121 megapixels, 1 bit", "a.png", lambda: encoded("PNG", Image.new("1", (11_000, 11_000)))),
    refused("png 36 megapixels", "a.png", lambda: encoded("PNG", Image.new("L", (6000, 6000)))),
    refused("gif 36 megapixels", "a.gif", lambda: encoded("GIF", Image.new("P", (6000, 6000)))),
    refused("webp 36 megapixels", "a.webp", lambda: encoded("WEBP", Image.new("RGB", (6000, 6000)), method=0)),
    refused("png claims 30000x30000", "a.png", lambda: png_claiming(30_000, 30_000)),
    refused("png claims 2 billion", "a.png", lambda: png_claiming(2**31 - 1, 2**31 - 1)),
    refused("jpeg claims 30000x30000", "a.jpg", lambda: jpeg_claiming(30_000, 30_000)),
    refused("gif claims 30000x30000", "a.gif", lambda: gif_claiming(30_000, 30_000)),
    refused("gif frame claims 30000x30000", "a.gif", lambda: gif_frame_claiming(30_000, 30_000)),
    refused("webp claims 16383x16383", "a.webp", lambda: webp_claiming(16_383, 16_383)),
    refused("11 megabytes", "a.jpg", lambda: encoded("JPEG") + b"\x00" * 11 * MEGABYTE),
    refused("png inflating text", "a.png", inflating_text),
    harmless("gif 300 frames", "a.gif", lambda: animated("GIF", frames=300)),
]
BROKEN = [
    refused("truncated jpeg", "a.jpg", lambda: cut(encoded("JPEG"))),
    refused("truncated png", "a.png", lambda: cut(encoded("PNG"))),
    refused("truncated gif", "a.gif", lambda: cut(encoded("GIF"))),
    refused("truncated webp", "a.webp", lambda: cut(encoded("WEBP"))),
    refused("truncated avif", "a.avif", lambda: cut(encoded("AVIF"))),
    refused("no bytes", "a.jpg", lambda: b""),
    refused("jpeg header only", "a.jpg", lambda: b"\xff\xd8\xff"),
]
NO_PICTURES = [
    refused("svg", "a.svg", svg),
    refused("svg with script", "a.svg", lambda: svg("<script>alert(1)</script>")),
    refused("svg with onload", "a.svg", lambda: svg("<g onload='alert(1)'/>")),
    refused("svg with entity", "a.svg", svg_entity),
    refused("svg as png", "a.png", svg),
    refused("html as jpg", "a.jpg", lambda: b"<!doctype html>" + SCRIPT),
    refused("php as png", "a.png", lambda: PHP),
    refused("postscript as jpg", "a.jpg", lambda: b"%!PS-Adobe-3.0\n(/etc/passwd) (r) file"),
    refused("heic header", "a.heic", heic_header),
    refused("heic as jpg", "a.jpg", heic_header),
    refused("tiff", "a.tif", lambda: encoded("TIFF")),
    refused("tiff as jpg", "a.jpg", lambda: encoded("TIFF")),
    refused("bmp", "a.bmp", lambda: encoded("BMP")),
    refused("pdf with a jpeg", "a.jpg", lambda: b"%PDF-1.4\n" + encoded("JPEG")),
    refused("pdf", "a.pdf", lambda: encoded("PDF")),
]
POLYGLOTS = [
    harmless("gif and script", "a.gif", gif_and_script),
    harmless("jpeg and php", "a.jpg", lambda: jpeg_with(jpeg_segment(0xFE, PHP)) + PHP),
    harmless("png and html behind", "a.png", lambda: encoded("PNG") + SCRIPT),
    harmless("png and html inside", "a.png", lambda: png_with(png_chunk(b"tEXt", b"Comment\x00" + SCRIPT))),
    harmless("webp and html behind", "a.webp", lambda: encoded("WEBP") + SCRIPT),
]
NAMES = [
    harmless("wrong extension", "a.jpg", lambda: encoded("PNG")),
    harmless("html extension", "a.html", lambda: encoded("PNG")),
    harmless("double extension", "shell.php.jpg", lambda: encoded("JPEG")),
    harmless("folders in the name", "../../../etc/cron.d/a.jpg", lambda: encoded("JPEG")),
    harmless("windows folders in the name", "C:\\Users\\ada\\..\\a.jpg", lambda: encoded("JPEG")),
    harmless("line break in the name", "a.jpg\r\nSet-Cookie: b=c", lambda: encoded("JPEG")),
    harmless("nul in the name", "a.php\x00.jpg", lambda: encoded("JPEG")),
    harmless("right to left name", "a\u202egpj.exe.jpg", lambda: encoded("JPEG")),
    harmless("markup in the name", '"><img src=x onerror=alert(1)>.jpg', lambda: encoded("JPEG")),
    harmless("other script", "Зелёный город.jpg", lambda: encoded("JPEG")),
    harmless("long name", "a" * 90 + ".jpg", lambda: encoded("JPEG")),
]
METADATA = [
    harmless("jpeg exif position", "a.jpg", lambda: encoded("JPEG", exif=location_exif())),
    harmless("jpeg exif turned", "a.jpg", lambda: encoded("JPEG", exif=location_exif(6))),
    harmless("jpeg thumbnail with position", "a.jpg", thumbnail_with_position),
    harmless("jpeg xmp", "a.jpg", lambda: encoded("JPEG", xmp=xmp_packet())),
    harmless("jpeg iptc", "a.jpg", lambda: jpeg_with(iptc_block())),
    harmless("jpeg icc", "a.jpg", lambda: encoded("JPEG", icc_profile=other_colours())),
    harmless("jpeg comment", "a.jpg", lambda: encoded("JPEG", comment=SECRET.encode())),
    harmless("jpeg unknown segment", "a.jpg", lambda: jpeg_with(jpeg_segment(0xEB, SECRET.encode()))),
    harmless("jpeg broken exif", "a.jpg", lambda: jpeg_with(jpeg_segment(0xE1, b"Exif\0\0MM\0*" + SECRET.encode()))),
    harmless("png text", "a.png", lambda: png_with(png_chunk(b"tEXt", b"Author\x00" + SECRET.encode()))),
    harmless("png exif", "a.png", lambda: encoded("PNG", exif=location_exif())),
    harmless("png icc", "a.png", lambda: encoded("PNG", icc_profile=other_colours())),
    harmless("webp exif and xmp", "a.webp", lambda: encoded("WEBP", exif=location_exif(), xmp=xmp_packet())),
    harmless("avif exif and xmp", "a.avif", lambda: encoded("AVIF", exif=location_exif(), xmp=xmp_packet())),
    harmless("gif comment", "a.gif", lambda: encoded("GIF", comment=SECRET.encode())),
]
UNUSUAL = [
    harmless("cmyk", "a.jpg", lambda: encoded("JPEG", picture("CMYK"))),
    harmless("cmyk with profile", "a.jpg", lambda: encoded("JPEG", picture("CMYK"), icc_profile=other_colours())),
    harmless("sixteen bits", "a.png", sixteen_bits),
    harmless("one bit", "a.png", lambda: encoded("PNG", picture("1"))),
    harmless("palette", "a.png", lambda: encoded("PNG", picture("P"))),
    harmless("palette with a clear colour", "a.png", lambda: encoded("PNG", picture("P"), transparency=3)),
    harmless("grey and alpha", "a.png", lambda: encoded("PNG", picture("LA"))),
    harmless("progressive", "a.jpg", lambda: encoded("JPEG", progressive=True)),
    harmless("several pictures in a jpeg", "a.jpg", lambda: animated("MPO")),
    harmless("animated gif", "a.gif", lambda: animated("GIF")),
    harmless("animated webp", "a.webp", lambda: animated("WEBP")),
    harmless("animated png", "a.png", lambda: animated("PNG")),
    harmless("one pixel", "a.png", lambda: encoded("PNG", picture(size=(1, 1)))),
]
CASES = [*BOMBS, *BROKEN, *NO_PICTURES, *POLYGLOTS, *NAMES, *METADATA, *UNUSUAL]
