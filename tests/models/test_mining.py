"""Mining finds what a network is wrong about, and training goes on from there."""

from __future__ import annotations

import sys
import tempfile
import unittest
import unittest.mock
from pathlib import Path

from model_paths import MODELS

sys.path.insert(0, str(MODELS.parent))

try:
    # Training alone needs it, and it is large: scripts/test installs it not.
    import numpy as np
    import torch
    from torch import nn

    from models.training import __main__ as command
    from models.training import running
    from models.training.finding import crops, looks, marks, mining
    from models.training.finding.evaluate import THRESHOLDS, evaluate
    from models.training.finding.network import CHANNELS, SIZES, TextMaps
    from models.training.pictures import Line, Picture
    MISSING = None
except ImportError as error:
    MISSING = f"{error.name} is not installed"
    nn = unittest.mock.Mock(Module=object)


class _Bright(nn.Module):
    """Takes whatever is bright for text."""

    def __init__(self) -> None:
        super().__init__()
        self.gain = nn.Parameter(torch.tensor(.2))

    def forward(self, pixels: torch.Tensor) -> torch.Tensor:
        half = nn.functional.avg_pool2d(pixels.mean(1, keepdim=True), 2)
        text = nn.functional.pixel_unshuffle((half - 128) * self.gain, 2)
        others = text.new_zeros(len(text), CHANNELS - 4, *text.shape[2:])
        return torch.cat([text, others], 1)


def _line(left: float, top: float, right: float, bottom: float,
          legible: bool = True) -> Line:
    return Line(np.float32([[left, top], [right, top], [right, bottom],
                            [left, bottom]]), .9, legible, True)


def _picture(side: int, bright: tuple[int, int, int, int] | None,
             *lines: Line) -> Picture:
    pixels = np.zeros((side, side), np.uint8)
    if bright:
        left, top, right, bottom = bright
        pixels[top:bottom, left:right] = 255
    return Picture(pixels, lines)


def _wrong(picture: Picture) -> list:
    return mining.wrong_places(_Bright(), picture, sample=7, view=1)


@unittest.skipIf(MISSING, MISSING)
class LooksTest(unittest.TestCase):
    def test_pictures_are_looked_at_as_the_detector_does(self):
        for side, wanted in ((100, [2.]), (300, [2., looks.REDUCED]),
                             (400, [1., looks.REDUCED])):
            self.assertEqual(looks.scales(_picture(side, None)), wanted)

    def test_lines_stay_where_their_pixels_are(self):
        bar = (60, 90, 180, 120)
        for scale in (1, 2, looks.REDUCED):
            shown = looks.padded(looks.scaled(
                _picture(300, bar, _line(*bar)), scale))
            left, top = shown.lines[0].corners[0]
            right, bottom = shown.lines[0].corners[2]
            rows, columns = np.nonzero(shown.pixels[:, :, 0] > 127)
            for given, wanted in ((columns.min(), left), (rows.min(), top),
                                  (columns.max() + 1, right),
                                  (rows.max() + 1, bottom)):
                self.assertAlmostEqual(given, wanted, delta=1)


@unittest.skipIf(MISSING, MISSING)
class MarksTest(unittest.TestCase):
    def test_what_hangs_together_is_a_mark_of_its_mean_likelihood(self):
        chance = np.zeros((60, 80), np.float32)
        chance[10:14, 10:30], chance[40:50, 60:70] = .9, .6
        found = sorted(marks.marks(chance, .5), key=lambda one: -one.likelihood)
        self.assertEqual([round(one.likelihood, 3) for one in found], [.9, .6])
        self.assertEqual(found[0].covered(chance.shape).sum(), 80)
        self.assertEqual(len(marks.marks(chance, .7)), 1)

    def test_only_what_is_likely_and_long_is_sure(self):
        for columns, chance_there, wanted in ((20, .9, True), (20, .8, False),
                                              (6, .9, False)):
            chance = np.zeros((60, 80), np.float32)
            chance[10:15, 10:10 + columns] = chance_there
            self.assertEqual([one.is_sure for one in marks.marks(chance, .5)],
                             [wanted])


@unittest.skipIf(MISSING, MISSING)
class WrongPlacesTest(unittest.TestCase):
    def test_what_is_marked_and_is_no_line_is_an_alarm_at_each_look(self):
        for side, first in ((400, 1), (300, 2)):
            places = _wrong(_picture(side, (100, 150, 220, 190)))
            self.assertEqual([place.scale for place in places],
                             [first, looks.REDUCED])
            for place in places:
                self.assertEqual((place.sample, place.view), (7, 1))
                self.assertAlmostEqual(place.x, 160, delta=3)
                self.assertAlmostEqual(place.y, 170, delta=3)
                self.assertGreater(place.likelihood, .9)

    def test_a_line_that_is_marked_is_no_mistake(self):
        bar = (100, 150, 220, 190)
        self.assertEqual(_wrong(_picture(400, bar, _line(*bar))), [])

    def test_a_line_that_is_not_marked_was_missed(self):
        places = _wrong(_picture(400, None, _line(100, 150, 220, 190)))
        self.assertEqual([(one.x, one.y, one.scale, one.likelihood)
                          for one in places], [(160, 170, 1, 0)])

    def test_what_cannot_be_made_out_is_neither(self):
        bar = (100, 150, 220, 190)
        for bright in (bar, None):
            self.assertEqual(_wrong(_picture(
                400, bright, _line(*bar, legible=False))), [])

    def test_places_are_written_and_read(self):
        places = _wrong(_picture(400, (100, 150, 220, 190),
                                 _line(20, 20, 90, 40)))
        self.assertEqual(len(places), 3)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "mined.jsonl"
            mining.write(places, path)
            self.assertEqual(mining.read(path), places)


@unittest.skipIf(MISSING, MISSING)
class MinedCropsTest(unittest.TestCase):
    @unittest.mock.patch("models.training.finding.crops._LABELLED", 0)
    def test_crops_show_the_place_at_the_size_of_its_look(self):
        picture = _picture(400, (190, 190, 214, 214))
        for scale, side in ((1, 24), (looks.REDUCED, 8)):
            place = mining.Place(3, 0, 202, 202, scale, .9)
            asked = []
            mined = mining.MinedCrops(
                [place], lambda sample: asked.append(sample) or [picture], 96)
            rng = np.random.default_rng(1)
            for _ in range(40):
                crop = mined.next(rng)
                self.assertFalse((crop.kind >= crops.TEXT).any())
                shown = crop.pixels.astype(float).transpose(1, 2, 0)
                apart = abs(shown - np.median(shown, (0, 1))).max(2)
                shape = apart > apart.max() / 2
                self.assertGreater(shape.sum(), (.7 * side) ** 2 / 2)
                self.assertLess(shape.sum(), 3 * (1.25 * side) ** 2)
            self.assertEqual(asked, [3])  # Kept once drawn.


@unittest.skipIf(MISSING, MISSING)
class ReducedCropsTest(unittest.TestCase):
    @unittest.mock.patch("models.training.finding.crops._LABELLED", 0)
    def test_crops_of_reduced_pictures_show_high_lines_low(self):
        bar = (60, 120, 420, 210)
        picture = _picture(600, bar, _line(*bar))
        for reduced, low, high in ((0, .6 * 90, 1.6 * 90), (1, 18, 48)):
            rng = np.random.default_rng(2)
            heights = []
            for _ in range(30):
                text = crops.random_crop(rng, picture, 320,
                                         reduced).kind >= crops.TEXT
                if text.any():
                    heights.append(2 * min(text.any(0).sum(),
                                           text.any(1).sum()))
            self.assertGreater(len(heights), 20)
            # Low lines are for the other look.
            small = _picture(600, None, _line(60, 120, 420, 145))
            given = crops.random_crop(np.random.default_rng(2), small, 320,
                                      reduced).kind
            self.assertEqual(bool((given >= crops.TEXT).any()), not reduced)
            # A core leaves 0.36 of its line's height out.
            self.assertGreater(np.median(heights), .64 * low)
            self.assertLess(np.median(heights), .64 * high)


@unittest.skipIf(MISSING, MISSING)
class EvaluateTest(unittest.TestCase):
    def test_lines_and_clean_pictures_are_counted(self):
        bar = (100, 150, 220, 190)
        figures = evaluate(_Bright(), [
            _picture(400, bar, _line(*bar), _line(20, 20, 90, 40)),
            _picture(400, None, _line(20, 20, 90, 40)),
            _picture(400, bar),                   # as long as a line
            _picture(400, (100, 150, 140, 190)),  # a square
            _picture(400, None)])
        every = len(THRESHOLDS)
        self.assertEqual((figures["lines"], figures["pictures"],
                          figures["clean"]), (3, 2, 3))
        self.assertEqual(figures["line_recall"], [.3333] * every)
        self.assertEqual(figures["sensitivity"], [.5] * every)
        self.assertEqual(figures["clean_marked"], [.6667] * every)
        self.assertEqual(figures["clean_sure"], .3333)


@unittest.skipIf(MISSING, MISSING)
class GoingOnTest(unittest.TestCase):
    def test_still_norms_keep_their_statistics_and_all_else_learns(self):
        plan = running.Plan(1, 0, .1, 0, Path(), warm_steps=1)
        for still in (False, True):
            torch.manual_seed(1)
            network = nn.Sequential(nn.Conv2d(1, 2, 1), nn.BatchNorm2d(2))
            before = {name: values.clone()
                      for name, values in network.state_dict().items()}
            pupil = running.Pupil("one", network, plan, still)
            pupil.learn(lambda net: (net(torch.ones(2, 1, 4, 4)) - 3).pow(2)
                        .mean(), .1, 0)
            after = pupil.network.state_dict()
            self.assertEqual(
                torch.equal(after["1.running_mean"], before["1.running_mean"]),
                still)
            self.assertFalse(torch.equal(after["1.bias"], before["1.bias"]))

    def test_training_goes_on_from_weights_and_from_what_they_get_wrong(self):
        torch.manual_seed(5)
        begun = TextMaps(SIZES["quick"]).state_dict()
        # It takes everything for text.
        begun["head.bias"] = begun["head.bias"] + 20
        with tempfile.TemporaryDirectory() as name:
            folder, out = Path(name), Path(name) / "out"
            torch.save(begun, folder / "quick-1.pt")
            with unittest.mock.patch.object(sys, "argv", [
                    "train", "finder", "--out", str(out), "--from", name,
                    "--steps", "1", "--rate", "0", "--batch", "2", "--side",
                    "64", "--workers", "0", "--mine", "4", "--mined-share",
                    ".5", "--unjudged"]):
                self.assertEqual(command.main(), 0)
            kept = torch.load(out / "quick-1.pt")
            places = mining.read(out / "mined.jsonl")
        torch.testing.assert_close(kept, begun)
        self.assertLessEqual({place.sample for place in places},
                             set(range(4)))
        self.assertTrue(any(place.likelihood > .9 for place in places))


if __name__ == "__main__":
    unittest.main()
