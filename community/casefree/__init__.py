"""The case-free guard: pure rules that find what could identify a patient. No storage and no logging."""
