"""`filter(pk__in=Among(numbers))`: a list of any length as one parameter of a query.

Django makes a parameter of each value, and a crowd's rights are asked for every second: 250 members in five queries
took 20 ms of that alone.
"""

import json
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import Expression


class Among(Expression):
    """Whole numbers or words, all of one kind; nothing is among none."""

    def __init__(self, values: Iterable[Any]) -> None:
        super().__init__()
        self.values = list(values)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        if not self.values:
            raise EmptyResultSet
        if connection.vendor == "postgresql":
            kind = "text" if isinstance(self.values[0], str) else "bigint"
            return f"(SELECT unnest(%s::{kind}[]))", (self.values,)
        return "(SELECT value FROM json_each(%s))", (json.dumps(self.values),)
