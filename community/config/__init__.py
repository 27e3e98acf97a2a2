"""The only place that knows every package: settings, addresses, entry points."""
