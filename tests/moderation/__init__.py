"""Tests of the review queue and of sanctions."""
