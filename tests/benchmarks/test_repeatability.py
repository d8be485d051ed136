"""A sample is a function of its seed, split and index."""

import pathlib
import tempfile
import unittest

import pydicom

from support import contents, run

SIX = ("--count", 6, "--seed", 11)


class RepeatabilityTest(unittest.TestCase):

    def setUp(self) -> None:
        keeper = tempfile.TemporaryDirectory()
        self.addCleanup(keeper.cleanup)
        self.folder = pathlib.Path(keeper.name)

    def made(self, name: str, *arguments: object) -> dict[str, bytes]:
        self.assertEqual(run(self.folder / name, *arguments), 0)
        return contents(self.folder / name)

    def test_the_same_seed_gives_the_same_bytes(self) -> None:
        self.assertEqual(self.made("a", *SIX), self.made("b", *SIX))

    def test_more_processes_change_nothing(self) -> None:
        self.assertEqual(self.made("a", *SIX),
                         self.made("b", *SIX, "--jobs", 2))

    def test_a_sample_does_not_depend_on_how_many_are_made(self) -> None:
        many = self.made("a", *SIX)
        one = self.made("b", "--first", 4, "--count", 1, "--seed", 11)
        for name in (n for n in one if n.endswith(".dcm")):
            self.assertEqual(one[name], many[name])

    def test_another_seed_gives_other_samples(self) -> None:
        a = self.made("a", "--count", 2, "--seed", 1)
        b = self.made("b", "--count", 2, "--seed", 2)
        self.assertFalse(set(a.values()) & set(b.values()))

    def test_the_splits_share_neither_samples_nor_instance_uids(self) -> None:
        for split in ("train", "test"):
            self.made(split, "--count", 3, "--split", split)
        uids = [str(pydicom.dcmread(path, stop_before_pixels=True)
                    .SOPInstanceUID)
                for path in self.folder.glob("*/*.dcm")]
        self.assertEqual(len(set(uids)), 6)

    def test_compressed_files_repeat_too(self) -> None:
        from support import COMPRESSED, Scene, make_sample, write_file
        for syntax in COMPRESSED:
            scene = Scene("US", "us-linear", 128, 160, syntax=syntax)
            for name in ("a.dcm", "b.dcm"):
                write_file(make_sample(scene, 5, 0), self.folder / name)
            with self.subTest(syntax):
                self.assertEqual((self.folder / "a.dcm").read_bytes(),
                                 (self.folder / "b.dcm").read_bytes())


if __name__ == "__main__":
    unittest.main()
