"""The API of the forums."""

from ninja import Router

router = Router(tags=["forums"])
