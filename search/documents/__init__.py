"""What can be found. Forums and webinars do not know that they are indexed: this package reads them."""

from search.documents import forums, knowledge, members, translations, webinars


def register() -> None:
    """Let every kind say how it is described, who may see it and how it is shown."""
    for module in (forums, knowledge, translations, members, webinars):
        module.register()


__all__ = ["register"]
