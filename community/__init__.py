"""Collegium: a peer knowledge community for clinicians."""
