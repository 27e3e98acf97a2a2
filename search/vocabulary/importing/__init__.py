"""Reading published vocabularies into synonym sets."""
