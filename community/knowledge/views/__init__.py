"""The screens of this package, a module for each kind of page."""
