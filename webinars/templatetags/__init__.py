"""Filters for templates of webinars."""
