"""The only place that knows every package: settings, addresses, entry points."""

import os

from community.config.lean import leave_out

# Whatever process comes here first, Willow asks for Django's settings when it is imported.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "community.config.settings")
leave_out()
