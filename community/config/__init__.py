"""The only place that knows every package: settings, addresses, entry points."""

from community.config.lean import leave_out

leave_out()
