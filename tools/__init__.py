"""What `make` calls. Everything here uses the standard library only: it runs before anything is installed."""
