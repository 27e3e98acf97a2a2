#!/usr/bin/env python
"""The command line of Collegium."""

import gc
import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "community.config.settings")
    # What is loaded stays: migrations alone spend a fifth of their time looking through it for garbage.
    gc.set_threshold(50_000, 20, 20)
    execute_from_command_line(sys.argv)
