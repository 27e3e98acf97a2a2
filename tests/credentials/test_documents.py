"""Documents: told by content, within caps, written anew without what they hide, encrypted on disk."""

import io
import struct
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from django.conf import settings
from PIL import Image

from community.core.errors import Invalid, Missing
from community.credentials import storage
from community.credentials.documents import (
    MAX_BYTES,
    CleanDocument,
    clean_document,
    page_image,
    without_jpeg_metadata,
)
from tests.factories.credentials import photo

CANARY = b"CANARY-7d1f"


def picture(form: str, **extra: object) -> bytes:
    target = io.BytesIO()
    Image.effect_noise((320, 200), 30).convert("RGB").save(target, form, **extra)
    return target.getvalue()


def png_chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_bomb(side: int) -> bytes:
    head = png_chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + png_chunk(b"IDAT", zlib.compress(bytes(100_000))) + png_chunk(b"IEND", b"")


def pdf(pages: int = 1, spoil: Callable[[pikepdf.Pdf], None] | None = None, **saving: object) -> bytes:
    with pikepdf.new() as document:
        for _ in range(pages):
            document.add_blank_page(page_size=(300, 400))
        if spoil:
            spoil(document)
        target = io.BytesIO()
        document.save(target, **saving)  # type: ignore[arg-type]
        return target.getvalue()


def hide_everywhere(document: pikepdf.Pdf) -> None:
    """The canary in scripts, attachments, metadata, annotations and the comment of an embedded photograph."""
    canary = pikepdf.String(CANARY.decode())
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=canary)
    document.Root.OpenAction = script
    document.docinfo["/Author"] = CANARY.decode()
    document.attachments["notes.txt"] = CANARY
    with document.open_metadata() as metadata:
        metadata["dc:title"] = CANARY.decode()
    image = document.make_stream(
        picture("JPEG", comment=CANARY), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=320, Height=200,
        ColorSpace=pikepdf.Name.DeviceRGB, BitsPerComponent=8, Filter=pikepdf.Name.DCTDecode,
    )  # fmt: skip
    page = document.pages[0]
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(A=image))
    page.Contents = document.make_stream(b"q 300 0 0 200 0 0 cm /A Do Q")
    page.obj.PieceInfo = pikepdf.Dictionary(X=canary)
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Contents=canary, A=script)
    page.obj.Annots = pikepdf.Array([document.make_indirect(note)])


def unpacked(content: bytes) -> bytes:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as document:
        document.save(
            target,
            compress_streams=False,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
        )
    return target.getvalue()


@pytest.mark.parametrize(
    ("form", "name", "kept_as"),
    [("JPEG", "a.jpg", "image/jpeg"), ("JPEG", "a.JPEG", "image/jpeg"), ("PNG", "a.png", "image/png"),
     ("WEBP", "a.webp", "image/jpeg"), ("HEIF", "a.heic", "image/jpeg")],
)  # fmt: skip
def test_photographs_are_written_anew(form: str, name: str, kept_as: str) -> None:
    document = clean_document(picture(form), name)

    assert (document.media_type, document.pages) == (kept_as, 1)
    assert Image.open(io.BytesIO(document.content)).size == (320, 200)


def test_a_photograph_loses_what_it_carries() -> None:
    exif = Image.Exif()
    exif[0x010E] = CANARY.decode()
    spoiled = picture("JPEG", exif=exif, comment=CANARY) + CANARY

    assert spoiled.count(CANARY) == 3
    assert CANARY not in clean_document(spoiled, "a.jpg").content


def test_a_pdf_loses_what_it_carries() -> None:
    spoiled = pdf(spoil=hide_everywhere)
    assert CANARY in unpacked(spoiled)

    document = clean_document(spoiled, "licence.pdf")

    assert CANARY not in unpacked(document.content)
    with pikepdf.open(io.BytesIO(document.content)) as kept:
        assert set(kept.Root.keys()) == {"/Type", "/Pages"}
        assert set(kept.pages[0].keys()) <= {"/Type", "/Parent", "/Contents", "/Resources", "/MediaBox"}
    assert page_image(document.content, 1).startswith(b"\x89PNG")


def test_a_jpeg_stream_keeps_its_pixels() -> None:
    spoiled = picture("JPEG", comment=CANARY)
    cleaned = without_jpeg_metadata(spoiled)

    assert CANARY not in cleaned
    assert Image.open(io.BytesIO(cleaned)).tobytes() == Image.open(io.BytesIO(spoiled)).tobytes()


@pytest.mark.parametrize(
    ("content", "name", "word"),
    [
        (b"", "a.pdf", "empty"),
        (b"GIF89a" + bytes(50), "a.gif", "PDF or a photograph"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.svg", "PDF or a photograph"),
        (b"PK\x03\x04" + bytes(50), "a.pdf", "PDF or a photograph"),
        (b"junk before %PDF-1.7", "a.pdf", "PDF or a photograph"),
        (photo(), "a.pdf", "another kind"),
        (photo(), "a.jpg.exe", "another kind"),
        (pdf(), "a.png", "another kind"),
        (photo()[:300], "a.jpg", "damaged"),
        (b"%PDF-1.7 nothing of the kind", "a.pdf", "damaged"),
        (pdf(21), "a.pdf", "1 and 20 pages"),
        (pdf(encryption=pikepdf.Encryption(owner="o", user="u")), "a.pdf", "password"),
        (b"%PDF-" + bytes(MAX_BYTES), "a.pdf", "larger than 8 MB"),
    ],
)
def test_what_is_refused_and_how_it_is_said(content: bytes, name: str, word: str) -> None:
    with pytest.raises(Invalid) as refused:
        clean_document(content, name)

    assert word in refused.value.errors["file"][0]


def _many_kids(document: pikepdf.Pdf) -> None:
    page = document.Root.Pages.Kids[0]
    document.Root.Pages.Kids = pikepdf.Array([page] * 300_000)
    document.Root.Pages.Count = 1


@pytest.mark.parametrize(
    ("content", "name"),
    [(png_bomb(32_000), "a.png"), (pdf(spoil=_many_kids), "a.pdf")],
    ids=["a thousand million pixels", "three hundred thousand pages behind a count of one"],
)  # fmt: skip
def test_bombs_are_refused_before_they_go_off(content: bytes, name: str) -> None:
    assert len(content) < MAX_BYTES
    started = time.process_time()  # Of the processor: the machine may be busy with others.

    with pytest.raises(Invalid):
        clean_document(content, name)

    assert time.process_time() - started < 5


def test_what_lies_on_disk_is_not_readable() -> None:
    document = CleanDocument(b"%PDF-1.7 " + CANARY, "application/pdf", 1)
    name = storage.keep(document.content)
    path = next(Path(settings.PRIVATE_ROOT).rglob(name))

    assert CANARY not in path.read_bytes()
    assert path.stat().st_mode & 0o077 == 0
    assert storage.read(name) == document.content
    storage.discard(name)
    with pytest.raises(Missing):
        storage.read(name)


@pytest.mark.parametrize("name", ["../secret_key", "..%2f..%2fdb", "a/b", "a\x00b", ""])
def test_no_way_out_of_the_folder(name: str) -> None:
    with pytest.raises(Missing):
        storage.read(name)
