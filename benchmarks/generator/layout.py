"""Where lines of text go in an image, and the exact shape of their letters."""

from __future__ import annotations

import functools
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw

from . import fonts
from .pose import Pose
from .seeds import choose, pick
from .wording import Line

# Letter coverage below this is too faint to count as drawn, in [0, 1].
DRAWN = 0.25
SMALLEST, LARGEST = 9, 40


@dataclass(frozen=True)
class Box:
    """Half-open pixels from the top left of the stored frame."""

    x: int
    y: int
    width: int
    height: int

    def grown(self, margin: int) -> "Box":
        """Returns a box with `margin` more pixels on each side."""
        return Box(self.x - margin, self.y - margin, self.width + 2 * margin,
                   self.height + 2 * margin)

    def touches(self, other: "Box") -> bool:
        """Says whether the two boxes share a pixel."""
        return (self.x < other.x + other.width
                and other.x < self.x + self.width
                and self.y < other.y + other.height
                and other.y < self.y + self.height)

    def cut(self, rows: int, columns: int) -> tuple[slice, slice]:
        """Returns index slices of the part that lies within the frame."""
        return (slice(max(0, self.y), min(rows, self.y + self.height)),
                slice(max(0, self.x), min(columns, self.x + self.width)))


@dataclass(frozen=True)
class Placed:
    """A line at its place.

    `mask` is letter coverage in [0, 1], shape (box.height, box.width);
    `height_px` is the height of a capital letter; `font` is None for barcodes.
    """

    line: Line
    box: Box
    mask: np.ndarray
    height_px: int
    font: str | None
    pose: Pose = Pose()


@dataclass(frozen=True)
class Hand:
    """What a machine writes a block of text with."""

    font: fonts.Font
    size: int
    smooth: bool

    def shrunk(self) -> "Hand | None":
        """Returns the next smaller hand, or None below the smallest height."""
        for size in range(self.size - 1, 5, -1):
            if self.font.sizes and size not in self.font.sizes:
                continue
            if fonts.capital_height(self.font, size) < SMALLEST:
                return None
            return Hand(self.font, size, self.smooth)
        return None


@functools.lru_cache(maxsize=1)
def _ruler() -> ImageDraw.ImageDraw:
    return ImageDraw.Draw(Image.new("L", (1, 1)))


def letters(hand: Hand, text: str) -> tuple[np.ndarray, int, int]:
    """Returns (mask, left, top): coverage cut to what is drawn, and the offset
    of its corner from the text's origin at the ascender."""
    font = fonts.load(hand.font, hand.size)
    left, top, right, bottom = _ruler().textbbox((0, 0), text, font=font)
    image = Image.new("L", (right - min(left, 0) + 4, bottom + 4))
    draw = ImageDraw.Draw(image)
    draw.fontmode = "L" if hand.smooth else "1"
    draw.text((2 - min(left, 0), 2), text, fill=255, font=font)
    mask = np.asarray(image, np.float32) / 255
    drawn = mask >= DRAWN
    rows, columns = np.flatnonzero(drawn.any(1)), np.flatnonzero(drawn.any(0))
    if not rows.size:
        return np.zeros((0, 0), np.float32), 0, 0
    mask = mask[rows[0]:rows[-1] + 1, columns[0]:columns[-1] + 1]
    return mask, int(columns[0]) - 2, int(rows[0]) - 2


def _draw_height(rng: np.random.Generator, rows: int) -> int:
    low, high = pick(rng, ((9, 15), (9, 15), (12, 20), (14, 26), (24, 40)))
    largest = min(LARGEST, max(11, rows // 20))
    return int(np.clip(rng.integers(low, high + 1), SMALLEST, largest))


class Page:
    """Collects placed lines of one image so that no two overlap."""

    def __init__(self, rng: np.random.Generator, rows: int, columns: int,
                 split: str) -> None:
        self._rng, self._rows, self._columns = rng, rows, columns
        self._fonts = fonts.installed(split)
        self._height = _draw_height(rng, rows)
        self.font = pick(rng, self._fonts)
        self._smooth = bool(rng.random() < .75)
        self._margin = int(rng.integers(4, max(6, rows // 40)))
        self.placed: list[Placed] = []

    def _hand(self, height: int) -> Hand:
        hand = Hand(self.font, fonts.size_for(self.font, height), self._smooth)
        if fonts.capital_height(hand.font, hand.size) < SMALLEST:
            size = next(s for s in hand.font.sizes or range(hand.size, 99)
                        if fonts.capital_height(hand.font, s) >= SMALLEST)
            hand = Hand(self.font, size, self._smooth)
        return hand

    def block(self, lines: list[Line], corner: str) -> None:
        """Stacks lines at a corner ("top-left", ..., "bottom-right").

        The letters shrink until the widest line fits; a line that would
        still leave the frame or touch another is left out.
        """
        hand = self._hand(self._height)
        room = self._columns - 2 * self._margin
        shapes = [letters(hand, line.text) for line in lines]
        while max((s[0].shape[1] for s in shapes), default=0) > room:
            smaller = hand.shrunk()
            if smaller is None:
                break
            hand = smaller
            shapes = [letters(hand, line.text) for line in lines]
        pitch = int(hand.size * self._rng.uniform(1.1, 1.35)) + 1
        total = pitch * len(lines)
        top = (self._margin if corner.startswith("top")
               else self._rows - self._margin - total)
        for number, (line, shape) in enumerate(zip(lines, shapes)):
            width = shape[0].shape[1]
            x = (self._margin if corner.endswith("left")
                 else (self._columns - width) // 2 if corner.endswith("middle")
                 else self._columns - self._margin - width)
            self._put(hand, line, shape, x, top + number * pitch + shape[2])

    def mark(self, line: Line) -> None:
        """Puts one large letter or word near the left or the right edge."""
        hand = self._hand(int(np.clip(self._height * 1.5, SMALLEST, LARGEST)))
        shape = letters(hand, line.text)
        width = shape[0].shape[1]
        left = self._rng.random() < .5
        x = self._columns * self._rng.uniform(.04, .12)
        y = self._rows * self._rng.uniform(.2, .75)
        self._put(hand, line, shape,
                  int(x if left else self._columns - x - width), int(y))

    def scale(self, lines: list[Line], top: int, bottom: int,
              right: int) -> None:
        """Puts numbers one below the other, centred at evenly spaced rows from
        `top` to `bottom` and ending left of column `right`."""
        hand = self._hand(int(np.clip(self._height * .8, SMALLEST, 14)))
        for line, row in zip(lines, np.linspace(top, bottom, len(lines))):
            shape = letters(hand, line.text)
            height, width = shape[0].shape
            self._put(hand, line, shape, right - width, int(row) - height // 2)

    def _put(self, hand: Hand, line: Line, shape: tuple, x: int,
             y: int) -> None:
        mask = shape[0]
        box = Box(x, y, mask.shape[1], mask.shape[0])
        fits = (box.width > 0 and x >= 0 and y >= 0
                and x + box.width <= self._columns
                and y + box.height <= self._rows)
        if fits and not any(box.grown(3).touches(p.box) for p in self.placed):
            self.placed.append(Placed(
                line, box, mask, fonts.capital_height(hand.font, hand.size),
                hand.font.path.rsplit("/", 1)[-1]))


_CORNERS = {"top-left": 5, "top-right": 3, "top-middle": 1, "bottom-left": 1.5,
            "bottom-right": 1}


def free_corners(rng: np.random.Generator) -> list[str]:
    """Returns all corners in a random order, likelier ones first."""
    left, order = dict(_CORNERS), []
    while left:
        order.append(choose(rng, left))
        del left[order[-1]]
    return order
