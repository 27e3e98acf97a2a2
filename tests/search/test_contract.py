"""The engine in the database answers as every engine must; tests/elasticsearch asks the same of the server."""

import pytest

from search.evaluation import trial
from tests.search import contract


@pytest.mark.django_db
def test_the_engine_in_the_database_keeps_the_contract() -> None:
    with trial() as using:
        for answered, expected in contract.kept_by(using):
            assert answered == expected
