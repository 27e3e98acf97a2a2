"""What a result shows of a write-up is what its readers see there."""

import pytest

from community.core.audiences import viewer_of
from community.knowledge.models import WriteUpPage
from search.documents.knowledge import show
from tests.factories.forums import verified_member
from tests.factories.writeups import make_write_up


@pytest.mark.django_db
def test_a_result_shows_no_marks_and_no_names_of_choices() -> None:
    author = verified_member()
    page = make_write_up(author)
    WriteUpPage.objects.update(problem="**Why we began.** Beds were full; under_10k people, high_income.")

    text = show(viewer_of(author), [page.pk])[page.pk].text

    assert "Why we began. Beds were full; people," in text
    assert "**" not in text and "under_10k" not in text and "high_income" not in text
