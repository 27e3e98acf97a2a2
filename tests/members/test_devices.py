"""Sessions are listed under names that people use."""

import pytest

from community.members.templatetags.devices import device

CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36"


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (CHROME, "Chrome on Linux"),
        (f"{CHROME} Edg/130.0".replace("X11; Linux x86_64", "Windows NT 10.0"), "Edge on Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari on iPhone"),
        ("curl/8.0", "Unknown browser"),
        ("", "Unknown browser"),
    ],
)
def test_a_browser_is_named(user_agent: str, name: str):
    assert device(user_agent) == name
