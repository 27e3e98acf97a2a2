"""What happens to webinars and in their rooms, with the words under which it is shown."""

from typing import Any

VERBS: dict[str, Any] = {}
