"""Files decode to the planted pixels, and the truth says where the text is."""

import unittest
from dataclasses import replace

import numpy as np

from support import Scene, make_sample, round_trip
from benchmarks.generator.scenes import SYNTAXES

GREY = Scene("US", "us-linear", 200, 256)
RGB = Scene("US", "us-sector", 200, 256, colour="rgb")
CT = Scene("CT", "ct-head", 256, 256, bits_stored=16, signed=True,
           ink="in-window")
RADIOGRAPH = Scene("CR", "chest", 256, 256, bits_stored=12, ink="top")
LOSSLESS = [name for name, uid in SYNTAXES.items()
            if uid != SYNTAXES["jpeg-baseline"]]


def without_text(scene: Scene, seed: int = 3) -> np.ndarray:
    """Returns the frames of the same sample with nothing burnt in."""
    return make_sample(replace(scene, text="none"), seed, 0).frames


class RoundTripTest(unittest.TestCase):

    def check(self, scene: Scene) -> None:
        for syntax in LOSSLESS:
            with self.subTest(syntax):
                sample, pixels = round_trip(replace(scene, syntax=syntax))
                np.testing.assert_array_equal(pixels, sample.frames)

    def test_grey_8_bit_is_exact_in_every_lossless_syntax(self) -> None:
        self.check(GREY)

    def test_signed_16_bit_is_exact_in_every_lossless_syntax(self) -> None:
        self.check(CT)

    def test_unsigned_16_bit_is_exact_in_every_lossless_syntax(self) -> None:
        self.check(replace(CT, modality="MR", background="mr-brain",
                           signed=False))

    def test_12_bit_monochrome1_is_exact_in_every_lossless_syntax(self) -> None:
        self.check(replace(RADIOGRAPH, photometric="MONOCHROME1"))

    def test_rgb_is_exact_in_every_lossless_syntax(self) -> None:
        self.check(RGB)
        self.check(replace(RGB, planar=1))

    def test_a_cine_is_exact_in_every_lossless_syntax(self) -> None:
        self.check(replace(GREY, rows=128, columns=128, frames=3))

    def test_a_palette_image_is_exact(self) -> None:
        for syntax in ("implicit", "explicit", "deflated", "rle"):
            scene = replace(GREY, colour="palette", syntax=syntax)
            sample, pixels = round_trip(scene)
            np.testing.assert_array_equal(pixels, sample.frames)

    def test_jpeg_baseline_is_near(self) -> None:
        sample, pixels = round_trip(replace(GREY, syntax="jpeg-baseline"))
        error = np.abs(pixels.astype(int) - sample.frames)
        self.assertLess(error.mean(), 4)


class PlantedTextTest(unittest.TestCase):

    def check_boxes(self, scene: Scene, seed: int) -> None:
        """Text changes pixels in every box, and hardly any far from one."""
        sample = make_sample(scene, seed, 0)
        clean = without_text(scene, seed)
        self.assertTrue(sample.identifying)
        first, _ = sample.text_frames
        changed = sample.frames[first] != clean[first]
        if changed.ndim == 3:
            changed = changed.any(-1)
        for placed, _ in sample.lines:
            where = placed.box.cut(scene.rows, scene.columns)
            self.assertGreater(changed[where].mean(), .02)
            # A dark box or a shadow reaches at most 3 pixels further.
            changed[placed.box.grown(3).cut(scene.rows, scene.columns)] = 0
        self.assertFalse(changed.any())

    def test_text_lies_in_its_boxes_and_nowhere_else(self) -> None:
        scenes = (GREY, RGB, CT, RADIOGRAPH, replace(GREY, colour="palette"),
                  replace(RADIOGRAPH, photometric="MONOCHROME1"),
                  replace(GREY, ink="low"), replace(CT, ink="below-window"))
        for number, scene in enumerate(scenes):
            with self.subTest(scene=scene):
                self.check_boxes(scene, seed=number)

    def test_a_box_touches_drawn_pixels_on_all_four_sides(self) -> None:
        for placed, _ in make_sample(GREY, 3, 0).lines:
            drawn = placed.mask >= .25
            for side in (drawn[0], drawn[-1], drawn[:, 0], drawn[:, -1]):
                self.assertTrue(side.any())

    def test_text_boxes_hold_bright_pixels(self) -> None:
        sample = make_sample(replace(GREY, ink="top"), 3, 0)
        for placed, _ in sample.lines:
            where = placed.box.cut(200, 256)
            self.assertGreater(sample.frames[0][where].max(), 230)

    def test_monochrome1_text_is_dark_in_storage(self) -> None:
        scene = replace(RADIOGRAPH, photometric="MONOCHROME1")
        sample = make_sample(scene, 3, 0)
        for placed, style in sample.lines:
            where = placed.box.cut(scene.rows, scene.columns)
            self.assertEqual(sample.frames[0][where].min(),
                             sample.levels.high - style.ink)

    def test_ink_at_the_top_is_the_largest_storable_value(self) -> None:
        self.assertEqual(make_sample(RADIOGRAPH, 3, 0).frames.max(), 4095)

    def test_ink_above_the_window_is_beyond_what_the_header_shows(self) -> None:
        sample = make_sample(replace(CT, ink="above-window"), 3, 0)
        for _, style in sample.lines:
            self.assertGreater(style.ink, sample.levels.window_high)

    def test_ink_below_the_window_is_invisible_through_the_header(self) -> None:
        sample = make_sample(replace(CT, ink="below-window"), 3, 0)
        for _, style in sample.lines:
            self.assertLess(style.ink, sample.levels.window_low)
            self.assertEqual(style.window_contrast, 0)
            self.assertGreater(style.contrast, 0)

    def test_text_in_a_few_frames_is_in_those_only(self) -> None:
        scene = replace(GREY, frames=5, text_frames=(1, 2))
        frames, clean = make_sample(scene, 3, 0).frames, without_text(scene)
        differs = [bool((a != b).any()) for a, b in zip(frames, clean)]
        self.assertEqual(differs, [False, True, True, False, False])

    def test_text_stands_still_while_the_picture_moves(self) -> None:
        sample = make_sample(replace(GREY, ink="top", frames=3), 3, 0)
        self.assertTrue((sample.frames[0] != sample.frames[1]).any())
        for placed, style in sample.lines:
            where = placed.box.cut(200, 256)
            solid = placed.mask == 1
            for frame in sample.frames:
                self.assertTrue((frame[where][solid] == style.ink).all())

    def test_letters_are_9_to_40_pixels_high(self) -> None:
        scene = Scene("SC", "paper", 480, 640)
        for index in range(8):
            for placed, _ in make_sample(scene, 1, index).lines:
                self.assertIn(placed.height_px, range(9, 41))


if __name__ == "__main__":
    unittest.main()
