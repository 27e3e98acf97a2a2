"""Screens of members: the directory, profiles, settings, the demo's outbox. They translate; operations decide."""
