"""Lines of which a letter cannot be seen are not called legible."""

import unittest
from dataclasses import replace

import numpy as np

from support import Scene
from benchmarks.generator.layout import Box, Placed
from benchmarks.generator.levels import make_levels
from benchmarks.generator.painting import Style, paint
from benchmarks.generator.seeds import stream
from benchmarks.generator.seeing import has_hidden_letter
from benchmarks.generator.wording import BENIGN, Line

GREY = Scene("US", "us-linear", 60, 200)
HEIGHT = 20


def bars(count: int = 6) -> np.ndarray:
    """Returns the coverage of letters like I, ten columns apart."""
    mask = np.zeros((HEIGHT, 10 * count), np.float32)
    for first in range(3, 10 * count, 10):
        mask[:, first:first + 4] = 1
    return mask


def spanned(shape: tuple[int, ...], value: int) -> np.ndarray:
    """Returns an even ground, but for corners that are black and white."""
    ground = np.full(shape, value, np.uint8)
    ground[0, 0], ground[0, 4] = 0, 255
    return ground


def hidden(ground: np.ndarray, ink: object = 220, scene: Scene = GREY,
           mask: np.ndarray | None = None, x: int = 40) -> bool:
    """Whether letters of `ink` on `ground` have a hidden one among them."""
    mask = bars() if mask is None else mask
    placed = Placed(Line("IIIIII", BENIGN), Box(x, 20, *mask.shape[::-1]),
                    mask, HEIGHT, None)
    style = Style(ink, "none", 0, 1, 1)
    levels = make_levels(stream(1), scene)
    frame = ground.copy()
    paint(frame, scene, [(placed, style)])
    return has_hidden_letter(frame, scene, levels, placed, style)


class SeeingTest(unittest.TestCase):

    GROUND = spanned((60, 200), 30)

    def test_letters_on_an_even_ground_are_seen(self) -> None:
        self.assertFalse(hidden(self.GROUND))
        self.assertTrue(hidden(self.GROUND, ink=60))

    def test_one_letter_on_something_as_bright_is_enough(self) -> None:
        crossed = self.GROUND.copy()
        crossed[:, 60:70] = 220
        self.assertTrue(hidden(crossed))
        crossed[:, 60:70] = 120
        self.assertFalse(hidden(crossed))

    def test_a_letter_that_is_touched_is_seen(self) -> None:
        touched = self.GROUND.copy()
        touched[:26] = 220
        self.assertFalse(hidden(touched))

    def test_letters_that_touch_are_looked_at_one_by_one(self) -> None:
        joined = np.ones((HEIGHT, 90), np.float32)
        joined[4:16] = bars(9)[4:16]
        crossed = self.GROUND.copy()
        crossed[:, 40:58] = 220
        self.assertTrue(hidden(crossed, mask=joined))
        self.assertFalse(hidden(self.GROUND, mask=joined))

    def test_low_signs_may_be_missed(self) -> None:
        mask = bars()
        mask[:16, 50:] = 0
        crossed = self.GROUND.copy()
        crossed[:, 88:] = 220
        self.assertFalse(hidden(crossed, mask=mask))

    def test_colours_that_are_equally_bright_differ(self) -> None:
        scene = replace(GREY, colour="rgb")
        grey = spanned((60, 200, 3), 150)
        self.assertFalse(hidden(grey, ink=(0, 255, 0), scene=scene))
        self.assertTrue(hidden(grey, ink=(160, 160, 160), scene=scene))

    def test_letters_at_the_edge_of_the_frame_are_seen(self) -> None:
        self.assertFalse(hidden(self.GROUND, x=0))


if __name__ == "__main__":
    unittest.main()
