"""The changes of webinars, by what they are about. Import the module: `from webinars.operations import chat`."""
