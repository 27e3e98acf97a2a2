"""Nothing inline on the site, in no template and no answer; the wider policy holds under /admin/ only."""

import re

import pytest
from django.test import Client

INLINE = re.compile(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)(?![^>]*application/json)", re.IGNORECASE)
PAGES = ["/", "/styleguide/", "/guidelines/", "/guidelines/code-of-conduct/", "/help/", "/forums/",
         "/accounts/login/", "/accounts/signup/", "/no-such-page/"]  # fmt: skip

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", PAGES)
def test_pages_have_nothing_inline_under_a_strict_policy(client: Client, address: str) -> None:
    answer = client.get(address)

    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert INLINE.findall(answer.content.decode()) == []


def test_the_wider_policy_is_for_the_admin_only(client: Client) -> None:
    assert "'unsafe-inline'" in client.get("/admin/")["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in client.get("/")["Content-Security-Policy"]
    assert "'unsafe" not in client.get("/administration/")["Content-Security-Policy"]
