"""Template filters of members."""
