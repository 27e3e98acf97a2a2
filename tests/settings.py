"""Settings of the tests: the real ones, on throw-away data, with fast passwords and mail in memory."""

import os
import tempfile
from pathlib import Path

# Processes that run side by side keep their files apart.
_shared = Path(os.environ.get("TEST_DATA_DIR") or tempfile.mkdtemp(prefix="collegium-test-"))
_here = _shared / os.environ.get("PYTEST_XDIST_WORKER", "main")
(_here / "static").mkdir(parents=True, exist_ok=True)
os.environ.update(
    {
        "DATA_DIR": str(_here),
        "SECRET_KEY": "a key for tests only, long enough to be taken",
        "FIELD_KEYS": "a field key for tests only and long enough",
        "SITE_URL": "http://testserver",
        "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
        "DEBUG": "0",
        "COLLEGIUM_DEMO": "0",
        "DATABASE_URL": os.environ.get("TEST_DATABASE_URL", ""),
        "REDIS_URL": os.environ.get("TEST_REDIS_URL", ""),
        "ELASTICSEARCH_URL": "",
        "SEMANTIC_SEARCH": "0",
        "CASEFREE_NER": "0",
        "EMAIL_URL": "",
    }
)

from tools.messages import compile_all  # noqa: E402

# Whichever way the tests are started, and however old the checkout is.
compile_all()

from community.config.settings import *  # noqa: E402, F403
from community.config.settings import CACHES, DATABASES, REDIS_URL, STORAGES  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
if REDIS_URL:  # The machine may be busy: half a second is not always enough.
    CACHES["default"]["OPTIONS"] = {"socket_timeout": 20.0, "socket_connect_timeout": 20.0}
else:
    CACHES["default"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: live topics read from threads of their own. No fsync: the data is thrown away.
    DATABASES["default"]["TEST"] = {"NAME": str(_here / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
else:
    DATABASES["default"]["OPTIONS"].pop("pool", None)
