"""Other detectors behind one shape, for the bench only: text in, spans out. Missing packages are left out."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec

from community.casefree.ner import beyond_the_rules, entities
from community.casefree.screening import install_second_reader, screen
from community.config.guard import is_installed

Detector = Callable[[str], list[tuple[int, int]]]


def detectors() -> dict[str, Detector]:
    """Ours, and those of requirements/bench.in that are installed."""
    found: dict[str, Detector] = {"ours (held or blocked)": _ours}
    if is_installed():
        found["ours, with the model of names"] = _ours_with_names()
    if find_spec("presidio_analyzer"):
        found["presidio, patterns only"] = _presidio_patterns()
        if find_spec("en_core_web_sm"):
            found["presidio, small model"] = _presidio_model()
    if find_spec("scrubadub"):
        found["scrubadub"] = _scrubadub()
    return found


def _ours(text: str) -> list[tuple[int, int]]:
    outcome = screen(text)
    return [(f.start, f.end) for f in outcome.findings] if outcome.outcome in {"hold", "block"} else []


@contextmanager
def names_read_twice() -> Iterator[None]:
    """The extra `[casefree-ner]` switched on for a while."""
    entities("")  # Loads the model, which is not the first text's time.
    install_second_reader(beyond_the_rules)
    try:
        yield
    finally:
        install_second_reader(None)


def _ours_with_names() -> Detector:
    entities("")

    def detect(text: str) -> list[tuple[int, int]]:
        with names_read_twice():
            return _ours(text)

    return detect


def _presidio_patterns() -> Detector:
    presidio = import_module("presidio_analyzer")
    registry = presidio.RecognizerRegistry()
    registry.load_predefined_recognizers(languages=["en"])
    patterns = [r for r in registry.recognizers if isinstance(r, presidio.PatternRecognizer)]

    def detect(text: str) -> list[tuple[int, int]]:
        results = [one for r in patterns for one in r.analyze(text, r.supported_entities, None) or []]
        return [(one.start, one.end) for one in results if one.score > 0]

    return detect


def _presidio_model() -> Detector:
    engine = import_module("presidio_analyzer").AnalyzerEngine()
    return lambda text: [(one.start, one.end) for one in engine.analyze(text=text, language="en")]


def _scrubadub() -> Detector:
    scrubber = import_module("scrubadub").Scrubber()
    return lambda text: [(one.beg, one.end) for one in scrubber.iter_filth(text)]
