"""Makes each file of the model cache from the files it is made of."""

from __future__ import annotations

import onnx

from .detector import convert_detector, convert_detector_for_ort
from .recognizer import (CLASSES, convert_recognizer,
                         convert_recognizer_for_ort)
from .graph import ConversionError


def make_product(kind: str, source: bytes, width: int | None = None) -> bytes:
    """Returns the bytes of a derived file.

    `kind` is "detector", "recognizer" (needs `width`, in pixels),
    "detector_ort", "recognizer_ort", "charset" or "copy". The same arguments give the same bytes on every machine with
    the same release of the onnx package. Raises ConversionError.
    """
    if kind == "copy":
        return source
    if kind == "charset":
        return _complete_charset(source)
    if kind == "detector":
        return _serialize(convert_detector(_parse(source)))
    if kind == "detector_ort":
        return _serialize(convert_detector_for_ort(_parse(source)))
    if kind == "recognizer_ort":
        return _serialize(convert_recognizer_for_ort(_parse(source)))
    if kind == "recognizer" and width is not None:
        return _serialize(convert_recognizer(_parse(source), width))
    raise ConversionError(f"Nothing is known about the product {kind}.")


def _parse(source: bytes) -> onnx.ModelProto:
    # The parser and the checker raise many types, none of them documented.
    try:
        model = onnx.load_model_from_string(source)
        onnx.checker.check_model(model)
    except Exception as error:
        raise ConversionError("A source file is not an ONNX model.") from error
    return model


def _serialize(model: onnx.ModelProto) -> bytes:
    return model.SerializeToString(deterministic=True)


def _complete_charset(keys: bytes) -> bytes:
    """Gives every class one line, in the order of the network's output.

    Line 0 is empty: the blank. The last line is one space. The source lists
    what lies between.
    """
    characters = keys.decode("utf-8").removesuffix("\n").split("\n")
    lines = ["", *characters, " "]
    if len(lines) != CLASSES or any(len(c) != 1 for c in characters):
        raise ConversionError("The list of characters has an unknown form.")
    return "".join(f"{line}\n" for line in lines).encode("utf-8")
