"""The manifest is well formed, and a manifest that is not is refused."""

from __future__ import annotations

import copy
import json
import tempfile
import unittest
from pathlib import Path

from model_paths import MANIFEST, MODELS

from manifest import ManifestError, load_manifest


class ShippedManifestTest(unittest.TestCase):
    def setUp(self) -> None:
        self.manifest = load_manifest(MANIFEST)

    def test_names_every_file_that_the_detector_needs(self) -> None:
        names = {p.artifact.name for p in self.manifest.products}
        self.assertLessEqual(
            {"text_detector.onnx", "text_recognizer_160.onnx",
             "text_recognizer_320.onnx", "text_recognizer_640.onnx",
             "text_detector_ort.onnx", "text_recognizer_ort.onnx",
             "text_recognizer_charset.txt", "LICENSE", "NOTICE",
             "LICENSE.onnxruntime", "NOTICES.onnxruntime"}, names)

    def test_names_a_library_for_both_architectures(self) -> None:
        for architecture in ("x86_64", "aarch64"):
            runtime = self.manifest.runtime_for(architecture)
            self.assertEqual("libonnxruntime.so", runtime.library.name)
        self.assertIsNone(self.manifest.runtime_for("vax"))

    def test_pins_each_package_to_one_version(self) -> None:
        runtimes = [r.package for r in self.manifest.runtimes]
        for package in [*self.manifest.packages, *runtimes]:
            self.assertRegex(package.version, r"^\d+\.\d+\.\d+$")

    def test_says_the_licence_of_every_file_and_how_it_is_known(self) -> None:
        content = json.loads(MANIFEST.read_text(encoding="utf-8"))
        for package in content["packages"] + content["runtimes"]:
            for file in package["files"]:
                self.assertTrue(file["licence"]["spdx"], file["path"])
                self.assertTrue(file["licence"]["known_from"], file["path"])

    def test_writes_no_host_name(self) -> None:
        text = MANIFEST.read_text(encoding="utf-8")
        self.assertNotIn("://", text)

    def test_copies_only_files_that_are_in_the_tree(self) -> None:
        for product in self.manifest.products:
            if product.kind != "copy":
                continue
            content = (MODELS / product.source).read_bytes()
            self.assertTrue(product.artifact.matches(content),
                            product.artifact.name)


    def test_without_packages_holds_our_own_networks_and_nothing_else(
            self) -> None:
        ours = self.manifest.without_packages()
        names = {product.artifact.name for product in ours.products}
        self.assertLessEqual({"text_maps_quick.onnx", "text_reader.onnx"},
                             names)
        self.assertFalse({name for name in names if "detector" in name
                          or "recognizer" in name})
        self.assertEqual(((), ()), (ours.packages, ours.runtimes))


class BadManifestTest(unittest.TestCase):
    def setUp(self) -> None:
        self.content = json.loads(MANIFEST.read_text(encoding="utf-8"))

    def refuse(self, text: str) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "manifest.json"
            path.write_text(text, encoding="utf-8")
            with self.assertRaises(ManifestError):
                load_manifest(path)

    def refuse_with(self, change) -> None:
        content = copy.deepcopy(self.content)
        change(content)
        self.refuse(json.dumps(content))

    def test_text_that_is_not_json_is_refused(self) -> None:
        self.refuse("{")

    def test_an_empty_object_is_refused(self) -> None:
        self.refuse("{}")

    def test_a_list_is_refused(self) -> None:
        self.refuse("[]")

    def test_an_unknown_schema_is_refused(self) -> None:
        self.refuse_with(lambda m: m.update(schema=2))

    def test_a_cut_digest_is_refused(self) -> None:
        self.refuse_with(lambda m: m["products"][0].update(sha256="5a05"))

    def test_a_size_of_zero_is_refused(self) -> None:
        self.refuse_with(lambda m: m["products"][0].update(bytes=0))

    def test_a_product_outside_the_cache_is_refused(self) -> None:
        self.refuse_with(lambda m: m["products"][0].update(name="../x.onnx"))

    def test_a_source_that_no_package_has_is_refused(self) -> None:
        self.refuse_with(lambda m: m["products"][0].update(source="x.onnx"))

    def test_two_products_of_one_name_are_refused(self) -> None:
        self.refuse_with(
            lambda m: m["products"].append(m["products"][0]))

    def test_a_library_by_the_name_of_a_product_is_refused(self) -> None:
        self.refuse_with(
            lambda m: m["runtimes"][0].update(name="text_detector.onnx"))

    def test_a_library_outside_the_cache_is_refused(self) -> None:
        self.refuse_with(lambda m: m["runtimes"][0].update(name="../l.so"))

    def test_a_library_without_a_licence_is_refused(self) -> None:
        self.refuse_with(
            lambda m: m["runtimes"][0]["files"][0].pop("licence"))

    def test_a_library_of_two_files_is_refused(self) -> None:
        self.refuse_with(lambda m: m["runtimes"][0]["files"].append(
            m["runtimes"][0]["files"][0]))

    def test_a_file_without_a_licence_is_refused(self) -> None:
        self.refuse_with(
            lambda m: m["packages"][0]["files"][0].pop("licence"))


if __name__ == "__main__":
    unittest.main()
