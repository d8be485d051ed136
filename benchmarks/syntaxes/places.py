"""Files with text elsewhere than in an ordinary frame, by place."""

from __future__ import annotations

import pathlib
from collections.abc import Callable
from dataclasses import dataclass

from . import documents, graphics, icons, overlays, slides
from .truth import Planted

# Writes the file `name` for a seed; returns what it planted.
Writer = Callable[[int, str, pathlib.Path], list[Planted]]


@dataclass(frozen=True)
class Place:
    """One kind of place. `uid` is the transfer syntax."""

    name: str
    uid: str
    write: Writer


def places() -> list[Place]:
    """Returns every place; no two have the same name."""
    return [Place(name, uid, write)
            for module in (overlays, icons, slides, documents, graphics)
            for name, uid, write in module.PLACES]
