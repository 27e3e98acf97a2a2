"""An invented community to look at and to measure with. Nothing here is a real person, place or event."""
