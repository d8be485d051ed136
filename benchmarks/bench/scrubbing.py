"""Copies of DICOM files without the identifying attributes of their headers,
as a header anonymiser leaves them."""

from __future__ import annotations

import contextlib
import functools
import pathlib
import re
import tempfile
from collections.abc import Iterator

import pydicom

from .measuring import REPOSITORY

_TABLE = REPOSITORY / "detector/base/identifying_attributes.cc"


@functools.cache
def identifying_tags() -> frozenset[int]:
    """Returns the tags of the table that the detector itself looks in."""
    rows = re.findall(r'\{"\w+", (0x[0-9A-Fa-f]{4}), (0x[0-9A-Fa-f]{4}),',
                      _TABLE.read_text(encoding="utf-8"))
    if not rows:
        raise ValueError(f"{_TABLE} has no rows")
    return frozenset((int(group, 16) << 16) + int(element, 16)
                     for group, element in rows)


def scrub(dataset: pydicom.Dataset) -> None:
    """Removes them, from nested items as well."""
    for element in list(dataset):
        if element.tag in identifying_tags():
            del dataset[element.tag]
        elif element.VR == "SQ":
            for item in element.value:
                scrub(item)


@contextlib.contextmanager
def scrubbed(path: str, scratch: pathlib.Path) -> Iterator[pathlib.Path]:
    """Makes a scrubbed copy for a while."""
    with tempfile.TemporaryDirectory(dir=scratch) as folder:
        copy = pathlib.Path(folder) / "scrubbed.dcm"
        dataset = pydicom.dcmread(path, force=True)
        scrub(dataset)
        # Damaged files have elements of the file's head among the others.
        for element in list(dataset.group_dataset(2)):
            del dataset[element.tag]
        dataset.save_as(copy)
        yield copy
