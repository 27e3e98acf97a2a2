"""What others read of public pages, each form read by another's library; members' pages leak nothing."""

import json
from io import BytesIO
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from lxml import etree
from PIL import Image

from community.knowledge.cards import Card, as_png, as_svg
from community.knowledge.models import MythPage
from tests.factories.knowledge import make_bulletin, make_myth, on_duty

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.mark.django_db
def test_a_public_page_is_shared_in_every_form(client: Client) -> None:
    page = make_myth(on_duty())
    address = f"http://testserver{page.url}"

    head = BeautifulSoup(client.get(page.url).content, "html.parser").head
    og = {tag["property"]: tag["content"] for tag in head.find_all("meta", property=True)}
    links = {
        (tag["rel"][0], tag.get("type", "")): tag["href"]
        for tag in head.find_all("link", rel=["canonical", "alternate"])
    }
    picture = client.get(urlsplit(og["og:image"]).path)
    asked = urlsplit(links["alternate", "application/json+oembed"])
    oembed = json.loads(client.get(f"{asked.path}?{asked.query}").content)
    feed = etree.fromstring(client.get(urlsplit(links["alternate", "application/atom+xml"]).path).content)
    sitemap = etree.fromstring(client.get("/sitemap.xml").content)

    assert links["canonical", ""] == og["og:url"] == parse_qs(asked.query)["url"][0] == address
    assert Image.open(BytesIO(picture.content)).size == (int(og["og:image:width"]), int(og["og:image:height"]))
    assert page.fact.rstrip(".") in og["og:image:alt"]
    assert (oembed["version"], oembed["type"], oembed["title"]) == ("1.0", "rich", page.title)
    frame = BeautifulSoup(oembed["html"], "html.parser").iframe
    assert (frame["title"], int(frame["width"])) == (page.title, oembed["width"])
    (entry,) = feed.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == page.title
    assert entry.find(f"{ATOM}link").get("href") == address  # type: ignore[union-attr]
    assert feed.findtext(f"{ATOM}updated")
    assert address in [node.text for node in sitemap.iter(f"{SITEMAP}loc")]


@pytest.mark.django_db
def test_an_embed_may_be_framed_and_nothing_else_may(client: Client) -> None:
    page = make_myth(on_duty())

    embed, site = client.get(f"/share/embed{page.url}"), client.get(page.url)

    assert "frame-ancestors *" in embed.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in embed.headers
    assert "frame-ancestors 'none'" in site.headers["Content-Security-Policy"]
    assert site.headers["X-Frame-Options"] == "DENY"
    assert page.fact in embed.content.decode()


@pytest.mark.django_db
def test_a_page_for_members_answers_like_one_that_is_not_there(client: Client) -> None:
    page = make_myth(on_duty())
    MythPage.objects.filter(pk=page.pk).update(audience="members")
    place, other = page.url.strip("/"), "myths/nothing-of-the-kind"
    member = Client()
    member.force_login(on_duty(), backend="allauth.account.auth_backends.AuthenticationBackend")

    def answers(where: str) -> list[int]:
        asked = urlencode({"url": f"http://testserver/{where}/"})
        ways = (f"/share/card/{where}.png", f"/share/embed/{where}/", f"/oembed/?{asked}")
        return [each.get(way).status_code for way in ways for each in (client, member)]

    assert answers(place) == answers(other) == [404] * 6
    for way in ("/feeds/myths.atom", "/sitemap.xml", "/myths/"):
        assert page.title not in client.get(way).content.decode()
        assert page.slug not in client.get(way).content.decode()
    assert "og:title" not in member.get(page.url).content.decode()


@pytest.mark.django_db
def test_a_bulletin_that_is_over_is_not_passed_on(client: Client) -> None:
    page = make_bulletin(on_duty(), on_duty())
    assert client.get(f"/share/card{page.url[:-1]}.png").status_code == 200

    type(page).objects.filter(pk=page.pk).update(
        expires_at=page.known_since + (page.expires_at - page.known_since) / 99
    )

    assert client.get(f"/share/card{page.url[:-1]}.png").status_code == 404
    assert page.title not in client.get("/feeds/bulletins.atom").content.decode()
    assert "has expired" in client.get(page.url).content.decode()


@pytest.mark.parametrize(
    "headline", ["Short", "A fact that is long " * 30, "حقيقة", "Tab & <angle> “quotes”", "W" * 300]
)
def test_a_card_is_a_picture_with_its_words_beside_it(headline: str) -> None:
    card = Card(kind="Myth check", headline=headline, label="False", tone="bad", line="The claim: “garlic”" * 20)

    picture = Image.open(BytesIO(as_png(card)))
    svg = etree.fromstring(as_svg(card).encode())

    assert (picture.format, picture.size, len(as_png(card)) < 100_000) == ("PNG", (1200, 630), True)
    assert len(picture.convert("RGB").getcolors() or []) > 10
    assert headline.strip().rstrip(".") in svg.findtext("{http://www.w3.org/2000/svg}desc", "")
