"""Write-ups in other languages are found in their own words, by whoever may read the write-up, while they are shown."""

import pytest

from community.core.audiences import Viewer, viewer_of
from community.knowledge.models import Translation, Version, WriteUpPage
from search import outbox
from search.models import Outbox
from search.searching import Request, search, shown
from tests.factories.credentials import make_member, make_verified
from tests.factories.writeups import make_write_up


def found(viewer: Viewer, text: str) -> list[str]:
    outbox.drain_all()
    hits = [group.best for group in search(Request(text, viewer)).groups]
    words = shown(viewer, hits)
    return [words[hit.kind, hit.key].url for hit in hits]


@pytest.mark.django_db
def test_a_translation_is_found_in_its_language_and_goes_with_its_write_up() -> None:
    author, translator, reader = (make_verified(make_member(name)).member for name in ("Ana", "Blas", "Carla"))
    page = make_write_up(author, audience="verified")
    Outbox.objects.all().delete()
    viewer, nobody = viewer_of(reader), Viewer.anonymous()
    address = f"/practices/{page.slug}/in/es/"
    words = {"title": "Llamadas antes de la visita", "result": "Las llamadas redujeron las ausencias."}

    draft = Translation.objects.create(page=page, language="es", of_version=1, texts=words, translator=translator)
    assert found(viewer, "ausencias lang:es") == []
    Translation.objects.filter(pk=draft.pk).update(shown=words, shown_version=1, reader=reader)

    assert found(viewer, "ausencias lang:es") == found(viewer, "llamadas kind:translation") == [address]
    assert found(viewer, "ausencias lang:en") == []
    assert found(nobody, "ausencias") == []
    WriteUpPage.objects.filter(pk=page.pk).update(audience="public")
    assert found(nobody, "ausencias") == [address]
    WriteUpPage.objects.filter(pk=page.pk).update(live=False)
    assert found(nobody, "ausencias") == []
    WriteUpPage.objects.filter(pk=page.pk).update(live=True)
    assert found(nobody, "ausencias") == [address]
    Version.objects.filter(page=page, number=1).update(content={})
    assert found(nobody, "ausencias") == []
    assert not any(keys["ghost"] for keys in outbox.differences().values())
