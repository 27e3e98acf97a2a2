"""In 2007 a physicians' network was entered by people with public register data. Replayed here with a few of them."""

import pytest

from tests.bench.attack_2007 import attack


@pytest.mark.django_db
def test_public_register_data_alone_verifies_nobody() -> None:
    figures = attack(12)

    assert figures["tries"] == 12
    assert figures["register_matches"] == 12
    assert (figures["verified"], figures["may_post"]) == (0, 0)
    assert figures["states"] == {"in_review": 12}
