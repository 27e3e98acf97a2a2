"""Who may do what with what this package keeps: a module for each kind of page."""
