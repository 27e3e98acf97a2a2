"""What a camera or an office program wrote into a file never reaches the disk."""

from io import BytesIO

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image as Pillow
from PIL.PngImagePlugin import PngInfo
from wagtail.images.forms import get_image_form

from community.core.actors import SYSTEM
from community.knowledge import cleaning
from community.knowledge.models import Handout, Picture, WriteUpPage
from community.knowledge.operations.files import add_figure, add_handout, remove_file
from community.knowledge.operations.holding import hide_write_up
from community.knowledge.operations.writeups import discard_draft, publish_version
from tests.factories.forums import verified_member
from tests.factories.members import MemberFactory
from tests.factories.webinars import webinar_with
from tests.factories.writeups import make_draft
from webinars.operations.files import set_cover

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
CANARY = b"CANARY-7-WARD"


def photo(kind: str = "JPEG") -> bytes:
    """A picture with the canary in every slot its format has."""
    image = Pillow.new("RGB", (40, 20), "teal")
    exif = Pillow.Exif()
    exif[0x010E] = CANARY.decode()  # ImageDescription
    exif[0x0112] = 6  # Orientation: turned by a quarter
    exif.get_ifd(0x8825)[1] = CANARY.decode()  # GPS
    options: dict[str, object] = {"exif": exif}
    if kind == "PNG":
        words = PngInfo()
        words.add_text("Comment", CANARY.decode())
        options["pnginfo"] = words
    if kind == "JPEG":
        options |= {"comment": CANARY, "xmp": CANARY}
    if kind == "WEBP":
        options["xmp"] = CANARY
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def paper() -> bytes:
    """A PDF with the canary in its information, its metadata and an attachment."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.docinfo["/Author"] = CANARY.decode()
    with pdf.open_metadata() as metadata:
        metadata["dc:title"] = CANARY.decode()
    pdf.attachments["notes.txt"] = CANARY
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=CANARY.decode())
    out = BytesIO()
    pdf.save(out, compress_streams=False)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_an_image_keeps_its_picture_and_nothing_else(kind: str) -> None:
    assert CANARY in photo(kind)

    bare = cleaning.bare_image(BytesIO(photo(kind)))

    assert CANARY not in bare.read()
    with Pillow.open(bare) as image:
        assert (image.format, image.size) == (kind, (20, 40))
        assert not image.getexif()


def test_what_is_no_image_is_refused() -> None:
    with pytest.raises(ValidationError):
        cleaning.bare_image(BytesIO(b"<svg onload=alert(1)>"))


def test_an_image_that_unfolds_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cleaning, "MAX_PIXELS", 799)

    with pytest.raises(ValidationError):
        cleaning.bare_image(BytesIO(photo()))


def test_a_pdf_keeps_its_pages_and_nothing_else() -> None:
    assert CANARY in paper()

    bare = cleaning.bare_pdf(BytesIO(paper()), name="paper.pdf")

    with pikepdf.open(bare) as pdf:
        assert len(pdf.pages) == 1
        plain = BytesIO()
        pdf.save(plain, compress_streams=False)
    assert CANARY not in plain.getvalue()


@pytest.mark.django_db
def test_a_stored_image_and_its_renditions_are_bare() -> None:
    picture = Picture(title="Ward board", description="A board", file=SimpleUploadedFile("IMG_2026_ward7.jpg", photo()))
    picture.save()

    stored = picture.file.storage.open(picture.file.name).read()
    rendition = picture.get_rendition("width-10")
    assert CANARY not in stored
    assert CANARY not in rendition.file.read()
    assert "ward7" not in picture.file.name
    assert (picture.width, picture.height, picture.file_size) == (20, 40, len(stored))


@pytest.mark.django_db
def test_an_image_without_a_description_is_not_taken() -> None:
    form_class = get_image_form(Picture)

    form = form_class(
        {"title": "Board"}, {"file": SimpleUploadedFile("a.jpg", photo())}, user=MemberFactory.create(is_superuser=True)
    )

    assert "description" in form.errors


@pytest.mark.django_db
def test_a_handout_is_served_to_its_audience_only(client: Client) -> None:
    handout = Handout(title="Checklist", audience="members", file=ContentFile(paper(), name="Mrs-Miller.pdf"))
    handout.save()

    assert handout.filename == "checklist.pdf"
    assert client.get(handout.url).status_code == 404
    client.force_login(MemberFactory.create(), backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = client.get(handout.url)
    assert answer.status_code == 200
    assert CANARY not in b"".join(answer.streaming_content)


@pytest.mark.django_db
def test_the_files_of_a_write_up_are_for_whoever_may_read_it() -> None:
    author = verified_member()
    page = make_draft(author, audience="members")
    add_figure(page, by=author, file=SimpleUploadedFile("a.jpg", photo()), description="A board beside the well")
    add_handout(page, by=author, file=SimpleUploadedFile("a.pdf", paper()), title="Card for the box")
    size = Picture.objects.get().get_rendition("width-10")
    clients = {"visitor": Client(), "author": Client(), "member": Client()}
    clients["author"].force_login(author, backend=BACKEND)
    clients["member"].force_login(MemberFactory.create(), backend=BACKEND)

    def seeing() -> dict[str, list[int]]:
        files = [f"/media/images/{size.file.name.removeprefix('images/')}", Handout.objects.get().url]
        return {name: [client.get(file).status_code for file in files] for name, client in clients.items()}

    assert seeing() == {"visitor": [404, 404], "author": [200, 200], "member": [404, 404]}
    publish_version(page, by=SYSTEM)
    assert seeing() == {"visitor": [404, 404], "author": [200, 200], "member": [200, 200]}
    assert clients["member"].get(f"/media/{size.file.name}")["Cache-Control"] == "private, max-age=600"
    WriteUpPage.objects.update(audience="public")
    assert seeing() == {"visitor": [200, 200], "author": [200, 200], "member": [200, 200]}
    remove_file(page, by=author, place=0)
    publish_version(page, by=SYSTEM)
    assert seeing()["visitor"] == [200, 200]  # The first version still shows it.
    hide_write_up(WriteUpPage.objects.get(), by=SYSTEM)
    assert seeing()["visitor"] == seeing()["member"] == [404, 404]


@pytest.mark.django_db
def test_a_discarded_draft_takes_its_files_with_it() -> None:
    author = verified_member()
    page = make_draft(author)
    add_figure(page, by=author, file=SimpleUploadedFile("a.jpg", photo()), description="A board beside the well")

    discard_draft(page, by=author)

    assert not Picture.objects.exists()


@pytest.mark.django_db
def test_the_picture_of_a_webinar_is_for_whoever_may_see_the_webinar() -> None:
    presenter = verified_member()
    webinar = webinar_with(organiser=presenter, audience="members")
    set_cover(webinar, by=presenter, file=SimpleUploadedFile("a.jpg", photo()), description="A bellows")
    path = f"/media/{Picture.objects.get().file.name}"
    member = Client()
    member.force_login(MemberFactory.create(), backend=BACKEND)

    assert [client.get(path).status_code for client in (Client(), member)] == [404, 200]
    webinar.cover = None
    webinar.save()
    assert [client.get(path).status_code for client in (Client(), member)] == [404, 404]
