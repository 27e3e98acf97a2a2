"""What changes the state of what this package keeps: a module for each kind of page."""
