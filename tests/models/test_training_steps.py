"""Training draws fresh things, turns them as their maps say, and keeps the mean
of its weights."""

from __future__ import annotations

import json
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

    from models.training import fresh, running, tones
    from models.training.finding import crops, turning
    from models.training.pictures import Line
    from models.training.reading import batches
    from models.training.reading.lines import ROWS, CutOut
    MISSING = None
except ImportError as error:
    MISSING = f"{error.name} is not installed"

SIDE = 160


@unittest.skipIf(MISSING, MISSING)
class FreshTest(unittest.TestCase):
    def test_new_samples_come_in_order_and_old_ones_go(self):
        drawn = []

        def draw(index: int) -> list[int]:
            drawn.append(index)
            return [] if index == 3 else [index]

        things = fresh.Fresh(draw, uses=2)
        rng = np.random.default_rng(1)
        given = [things.next(rng) for _ in range(400)]
        self.assertEqual(drawn, list(range(len(drawn))))
        self.assertNotIn(3, given)
        # Eight at first, then one for every two that were given.
        self.assertEqual(len(drawn), 9 + 199)
        self.assertLess(max(given[:2]), 9)
        self.assertGreater(min(given[-20:]), 100)


def _line(left: float, top: float, right: float, bottom: float) -> Line:
    return Line(np.float32([[left, top], [right, top], [right, bottom],
                            [left, bottom]]), .9, True, True)


@unittest.skipIf(MISSING, MISSING)
class TurningTest(unittest.TestCase):
    def test_maps_turn_with_their_pixels_and_directions_with_both(self):
        corners = _line(20, 30, 120, 50).corners
        kind = crops.kinds([(_line(20, 30, 120, 50), corners, .9)],
                           (SIDE, SIDE))
        shown = np.zeros((3, SIDE, SIDE), np.uint8)
        shown[:, 30:50, 20:120] = 255
        seen = set()
        rng = np.random.default_rng(1)
        still = tones.Tones(0, 0, (1, 1), 0, 0, 1)
        with unittest.mock.patch.object(turning, "TONES", still):
            for _ in range(60):
                pixels, kinds = turning.turned(
                    rng, torch.from_numpy(shown[None]),
                    torch.from_numpy(kind[None]))
                text = kinds[0] >= crops.TEXT
                halved = pixels[0, 0, ::2, ::2]
                self.assertTrue((halved[text] == 255).all())
                ways = set(kinds[0][text].tolist())
                self.assertEqual(len(ways), 1)
                seen.add(self._way(text.numpy()) + tuple(ways))
        self.assertEqual(len(seen), 8)

    @staticmethod
    def _way(text: np.ndarray) -> tuple[bool, bool]:
        """Whether a map runs across, and on which half it lies."""
        rows, columns = np.nonzero(text)
        across = np.ptp(columns) > np.ptp(rows)
        return bool(across), bool((rows if across else columns).mean()
                                  > SIDE / 4)

    def test_a_turned_line_has_the_kind_that_its_corners_give(self):
        corners = _line(20, 30, 120, 50).corners
        for quarters in range(4):
            for mirrored in (False, True):
                turned = corners
                for _ in range(quarters):
                    turned = np.stack([SIDE - turned[:, 1], turned[:, 0]], 1)
                if mirrored:
                    turned = np.stack([SIDE - turned[:, 0], turned[:, 1]], 1)
                wanted = crops.kinds(
                    [(_line(0, 0, 1, 1), np.float32(turned), .9)],
                    (SIDE, SIDE))
                table = turning._kinds_turned(quarters, mirrored)
                self.assertEqual(int(table[crops.FIRST_TURN]), wanted.max())


@unittest.skipIf(MISSING, MISSING)
class RunTest(unittest.TestCase):
    def test_a_network_learns_and_its_mean_is_kept(self):
        torch.manual_seed(1)
        things = iter(lambda: (torch.rand(8, 1, 4, 4),), None)
        with tempfile.TemporaryDirectory() as folder:
            plan = running.Plan(steps=1200, minutes=0, rate=.1, decay=0,
                                out=Path(folder))
            pupils = [running.Pupil(name, torch.nn.Conv2d(1, 1, 1), plan)
                      for name in ("one", "two")]
            with unittest.mock.patch("builtins.print") as told:
                running.run(pupils, plan, things, lambda network, batch: (
                    (network(batch[0]) - 2 * batch[0] - 1) ** 2).mean())
            for pupil in pupils:
                kept = torch.load(Path(folder) / f"{pupil.name}.pt")
                self.assertAlmostEqual(float(kept["weight"]), 2, delta=.15)
                self.assertAlmostEqual(float(kept["bias"]), 1, delta=.15)
            rows = [json.loads(call.args[0]) for call in told.call_args_list]
        self.assertEqual([row["step"] for row in rows], 
                         list(range(100, 1300, 100)))
        self.assertLess(rows[-1]["loss"]["one"], rows[0]["loss"]["one"] / 10)

    def test_the_rate_rises_and_falls_over_steps_or_over_minutes(self):
        by_steps = running.Plan(1000, 0, 1., 0, Path())
        by_minutes = running.Plan(1000, 2, 1., 0, Path())
        self.assertEqual(by_steps.done(250, 999), .25)
        self.assertEqual(by_minutes.done(250, 60), .5)
        self.assertEqual(by_minutes.done(250, 180), 1)
        self.assertLess(by_steps.rate_at(0, 0), .01)
        self.assertAlmostEqual(by_steps.rate_at(500, .5), .5)
        self.assertAlmostEqual(by_steps.rate_at(1000, 1), .01)


def _cut(columns: int, text: str) -> CutOut:
    return CutOut(np.full((ROWS, columns, 3), columns % 251, np.uint8), text)


@unittest.skipIf(MISSING, MISSING)
class ShelvesTest(unittest.TestCase):
    def test_a_batch_has_lines_of_one_width_and_old_lines_go(self):
        shelves = batches._Shelves(room=4)
        for columns in (30, 31, 60, 61):
            shelves.add(_cut(columns, "A"))
        shelves.add(_cut(29, "B"))  # In the place of the first of its width.
        rng = np.random.default_rng(1)
        shades = set()
        for _ in range(40):
            picked = shelves.pick(rng, area=128)
            widths = {cut.pixels.shape[2] for cut in picked}
            self.assertEqual(len(widths), 1)
            self.assertEqual(len(picked), 128 // widths.pop())
            shades |= {int(cut.pixels[0, 0, 0]) for cut in picked}
            for cut in picked:
                self.assertFalse(cut.pixels[:, :, cut.columns:].any())
        self.assertEqual(shades, {29, 31, 60, 61})

    def test_tones_change_and_lines_stay_in_range(self):
        pixels = torch.full((64, 3, ROWS, 32), 200, dtype=torch.uint8)
        toned = tones.changed(np.random.default_rng(1), pixels, batches.TONES)
        self.assertGreater(len(set(toned[:, 0, 0, 0].tolist())), 10)
        self.assertGreaterEqual(float(toned.min()), 0)
        self.assertLessEqual(float(toned.max()), 255)


if __name__ == "__main__":
    unittest.main()
