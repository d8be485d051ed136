"""Where a network is wrong on samples of the train split: places that it takes
for text, and lines that it does not see. Training on more crops of them than
chance would give teaches it what it knows least."""

from __future__ import annotations

import functools
import json
import pathlib
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass

import cv2
import numpy as np

from .. import pictures
from ..pictures import Line, Picture
from . import crops, looks
from .evaluate import ENOUGH
from .marks import Mark, marks, text_map
from .network import TextMaps

# Marks less likely than this mislead nobody.
_LEAST_LIKELIHOOD = .5
# Marks that lie on lines, or beside them by less than this part of a line's
# height, in more than so much of their points, are no alarms.
_BESIDE, _ON_LINES = .4, .1
# Alarms of one look, the likeliest ones, so that no picture counts too much.
_MOST = 3
_AT_HAND = 400


@dataclass(frozen=True)
class Place:
    """The pixel (`x`, `y`) of view `view` of a sample, and the scale of the
    look at which a network was wrong there. `likelihood` is what it thought of
    what is no text; 0 for a line that it did not see."""

    sample: int
    view: int
    x: float
    y: float
    scale: float
    likelihood: float


Draw = Callable[[int], list[Picture]]


def _near_lines(lines: tuple[Line, ...],
                shape: tuple[int, int]) -> np.ndarray:
    """Returns which points of a map of this shape show lines, whether or not
    they can be made out, or what is close to them."""
    mask = np.zeros(shape, np.uint8)
    for line in lines:
        crops.fill(mask, crops.inset(line.corners, -_BESIDE), 1)
    return mask > 0


def _alarms(chance: np.ndarray, lines: tuple[Line, ...]) -> list[Mark]:
    near = _near_lines(lines, chance.shape)
    found = [mark for mark in marks(chance, _LEAST_LIKELIHOOD)
             if near[mark.covered(chance.shape)].mean() <= _ON_LINES]
    return sorted(found, key=lambda mark: -mark.likelihood)[:_MOST]


def _seen(chance: np.ndarray, picture: Picture) -> list[bool]:
    """Returns which lines of what the network was shown are marked, or need
    not be."""
    seen = []
    for line in picture.lines:
        core = crops.core_of(picture, line)
        seen.append(not crops.is_known(line) or bool(
            core.any() and (chance[core] > .5).mean() >= ENOUGH))
    return seen


def _at(mark: Mark, scale: float) -> tuple[float, float]:
    """Returns the pixel of a picture in the middle of a mark."""
    (x, y), *_ = cv2.minAreaRect(mark.outline)
    return tuple((crops.MAP_STEP * along + .5 - looks.BORDER) / scale
                 for along in (x, y))


def wrong_places(network: TextMaps, picture: Picture, sample: int,
                 view: int) -> list[Place]:
    """Returns where `network` is wrong about one view of a sample."""
    places, seen = [], [False] * len(picture.lines)
    for scale in looks.scales(picture):
        shown = looks.padded(looks.scaled(picture, scale))
        chance = text_map(network, shown.pixels)
        places += [Place(sample, view, *_at(mark, scale), scale,
                         mark.likelihood)
                   for mark in _alarms(chance, shown.lines)]
        seen = [one or other for one, other in zip(seen, _seen(chance, shown))]
    scale = looks.first_scale(picture)
    return places + [
        Place(sample, view, *map(float, line.corners.mean(0)), scale, 0)
        for line, is_seen in zip(picture.lines, seen) if not is_seen]


def mine(network: TextMaps, draw: Draw, samples: range) -> Iterator[Place]:
    """Yields where `network` is wrong on all that `draw` makes of samples."""
    for sample in samples:
        for view, picture in enumerate(draw(sample)):
            yield from wrong_places(network, picture, sample, view)


def write(places: list[Place], path: pathlib.Path) -> None:
    """Writes places as lines of JSON, and only a whole file."""
    unfinished = path.with_name(path.name + ".new")
    unfinished.write_text("".join(
        json.dumps(asdict(place)) + "\n" for place in places))
    unfinished.rename(path)


def read(path: pathlib.Path) -> list[Place]:
    """Returns the places of a file that `write` wrote."""
    return [Place(**json.loads(line))
            for line in path.read_text().splitlines()]


class MinedCrops:
    """Random crops around places. `draw` must make of a sample what it made
    when the places were found."""

    def __init__(self, places: list[Place], draw: Draw, side: int) -> None:
        self._places, self._side = places, side
        self._draw = functools.lru_cache(maxsize=_AT_HAND)(draw)

    def next(self, rng: np.random.Generator) -> crops.Crop:
        """Returns a crop around one of the places, each of them as likely."""
        place = self._places[rng.integers(len(self._places))]
        picture = self._draw(place.sample)[place.view]
        return crops.crop_around(rng, picture, self._side, place.scale,
                                 (place.x, place.y))
