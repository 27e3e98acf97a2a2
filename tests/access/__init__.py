"""The access matrix: every address, API route, socket command and topic × twelve personas has an expected answer."""
