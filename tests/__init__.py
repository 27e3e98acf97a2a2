"""The tests, a mirror of the packages; `journeys` drives a browser, `access` the matrix, `bench` holds the figures."""
