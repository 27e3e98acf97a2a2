"""The WSGI entry point, for those who serve plain HTTP apart from the sockets."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "community.config.settings")
application = get_wsgi_application()
