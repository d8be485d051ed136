"""truth.jsonl and MANIFEST.tsv say what is in the files."""

import csv
import hashlib
import json
import subprocess
import unittest

import pydicom

from support import demo_folder

CATEGORIES = {"PERSON_NAME", "IDENTIFIER", "DATE", "INSTITUTION", "OTHER",
              "BENIGN"}


def truth() -> list[dict]:
    text = (demo_folder() / "truth.jsonl").read_text("utf-8")
    return [json.loads(line) for line in text.splitlines()]


def manifest() -> list[dict]:
    with open(demo_folder() / "MANIFEST.tsv", encoding="utf-8") as rows:
        return list(csv.DictReader(rows, delimiter="\t",
                                   quoting=csv.QUOTE_NONE))


class TruthTest(unittest.TestCase):

    def test_every_file_has_one_entry_and_one_row(self) -> None:
        names = sorted(p.name for p in demo_folder().glob("*.dcm"))
        self.assertEqual(sorted(e["path"] for e in truth()), names)
        self.assertEqual(sorted(r["path"] for r in manifest()), names)

    def test_the_truth_agrees_with_the_header(self) -> None:
        for entry in truth():
            ds = pydicom.dcmread(demo_folder() / entry["path"])
            with self.subTest(entry["path"]):
                self.assertEqual(
                    (entry["modality"], entry["rows"], entry["columns"],
                     entry["frames"], entry["transfer_syntax_uid"],
                     entry["photometric"], entry["bits_stored"],
                     entry["planar"]),
                    (ds.Modality, ds.Rows, ds.Columns,
                     int(ds.get("NumberOfFrames", 1)),
                     ds.file_meta.TransferSyntaxUID,
                     ds.PhotometricInterpretation, ds.BitsStored,
                     ds.get("PlanarConfiguration", 0)))

    def test_boxes_and_frames_lie_within_the_image(self) -> None:
        for entry in truth():
            for line in entry["lines"]:
                box, (first, last) = line["box"], line["frames"]
                self.assertIn(line["category"], CATEGORIES)
                self.assertGreaterEqual(min(box["x"], box["y"]), 0)
                self.assertLessEqual(box["x"] + box["width"],
                                     entry["columns"])
                self.assertLessEqual(box["y"] + box["height"], entry["rows"])
                self.assertTrue(0 <= first <= last < entry["frames"])

    def test_an_attribute_that_a_line_names_is_filled_in_the_header(
            self) -> None:
        for entry in truth():
            ds = pydicom.dcmread(demo_folder() / entry["path"])
            for line in entry["lines"]:
                if line["attribute"]:
                    self.assertTrue(str(ds.get(line["attribute"], "")))
                elif entry["header_knows"]:
                    self.assertEqual(line["category"], "BENIGN")

    def test_a_replaced_header_does_not_hold_the_burnt_in_name(self) -> None:
        for entry in truth():
            if not entry["header_knows"]:
                ds = pydicom.dcmread(demo_folder() / entry["path"])
                self.assertTrue(str(ds.PatientName).startswith("SUBJECT"))
                self.assertTrue(entry["identifying"])

    def test_identifying_files_show_a_name_a_number_or_a_date(self) -> None:
        for entry in truth():
            personal = {"PERSON_NAME", "IDENTIFIER", "DATE"} & {
                line["category"] for line in entry["lines"]}
            self.assertEqual(entry["identifying"], bool(personal))
            self.assertEqual(entry["has_text"], bool(entry["lines"]))

    def test_the_manifest_agrees_with_the_files_and_the_truth(self) -> None:
        for entry, row in zip(truth(), manifest(), strict=True):
            data = (demo_folder() / row["path"]).read_bytes()
            texts = json.loads(row["texts"])
            self.assertEqual(row["sha256"], hashlib.sha256(data).hexdigest())
            self.assertEqual(int(row["bytes"]), len(data))
            self.assertEqual(row["has_text"] == "yes", entry["has_text"])
            self.assertEqual(row["identifying"] == "yes", entry["identifying"])
            self.assertEqual([(t["text"], t["x"], t["w"]) for t in texts],
                             [(line["text"], line["box"]["x"],
                               line["box"]["width"])
                              for line in entry["lines"]])

    def test_the_manifest_names_the_burned_in_annotation_of_the_header(
            self) -> None:
        for row in manifest():
            ds = pydicom.dcmread(demo_folder() / row["path"])
            self.assertEqual(row["burned_in_annotation_tag"],
                             ds.get("BurnedInAnnotation", ""))


class ValidityTest(unittest.TestCase):

    def test_dcmdump_prints_no_error(self) -> None:
        for path in sorted(demo_folder().glob("*.dcm")):
            done = subprocess.run(["dcmdump", str(path)], capture_output=True)
            self.assertEqual((done.returncode, done.stderr), (0, b""), path)

    def test_every_file_can_be_rendered(self) -> None:
        for entry in truth():
            jpeg_ls = entry["transfer_syntax_uid"].endswith(".80")
            done = subprocess.run(
                ["dcml2pnm" if jpeg_ls else "dcmj2pnm", "--write-8-bit-pnm",
                 str(demo_folder() / entry["path"])], capture_output=True)
            self.assertEqual((done.returncode, done.stderr), (0, b""), entry)


if __name__ == "__main__":
    unittest.main()
