"""Search across everything: one box, one document for every kind, engines behind one interface."""
