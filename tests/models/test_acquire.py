"""The cache takes nothing whose digest is wrong.

The package here is made by the test, so no network is used.
"""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import tarfile
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from model_paths import FETCH

import acquire
from acquire import AcquireError, fill_cache, tarball_from_folder
from manifest import Artifact, Manifest, Package, Product

KEYS_PATH = "package/assets/keys.txt"
KEYS = "\n".join(chr(0x4E00 + i) for i in range(6623)).encode()
CHARSET = b"\n" + KEYS + b"\n \n"


def artifact(name: str, content: bytes) -> Artifact:
    return Artifact(name, hashlib.sha256(content).hexdigest(), len(content))


def tarball_of(content: bytes) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        member = tarfile.TarInfo(KEYS_PATH)
        member.size = len(content)
        archive.addfile(member, io.BytesIO(content))
    return buffer.getvalue()


def no_tarball(package: Package, folder: Path) -> Path:
    raise AssertionError("The package must not be asked for.")


class AcquireTest(unittest.TestCase):
    def setUp(self) -> None:
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = Path(scratch.name)
        self.cache = self.folder / "cache"
        self.tarball = tarball_of(KEYS)
        (self.folder / "made-up-1.0.0.tgz").write_bytes(self.tarball)

    def manifest(self, tarball: bytes | None = None, keys: bytes = KEYS,
                 charset: bytes = CHARSET) -> Manifest:
        package = Package(
            "@made/up", "1.0.0", artifact("tgz", tarball or self.tarball),
            (artifact(KEYS_PATH, keys),))
        product = Product(artifact("charset.txt", charset), "charset",
                          KEYS_PATH, None)
        return Manifest(self.folder, (package,), (product,))

    def fill(self, manifest: Manifest) -> None:
        fill_cache(manifest, self.cache, tarball_from_folder(self.folder))

    def expect_refusal(self, manifest: Manifest) -> str:
        with self.assertRaises(AcquireError) as caught:
            self.fill(manifest)
        self.assertEqual([], list(self.cache.iterdir()))
        return str(caught.exception)

    def test_a_right_package_fills_the_cache(self) -> None:
        self.fill(self.manifest())
        self.assertEqual(CHARSET, (self.cache / "charset.txt").read_bytes())
        self.assertEqual(["charset.txt"],
                         [p.name for p in self.cache.iterdir()])

    def test_a_full_cache_asks_for_no_package(self) -> None:
        self.fill(self.manifest())
        fill_cache(self.manifest(), self.cache, no_tarball)

    def test_a_tarball_with_a_wrong_digest_leaves_nothing(self) -> None:
        self.expect_refusal(self.manifest(tarball=b"another"))

    def test_a_member_with_a_wrong_digest_leaves_nothing(self) -> None:
        self.expect_refusal(self.manifest(keys=KEYS[:-3] + b"abc"))

    def test_a_member_longer_than_promised_leaves_nothing(self) -> None:
        self.expect_refusal(self.manifest(keys=KEYS[:-3]))

    def test_a_product_with_a_wrong_digest_leaves_nothing(self) -> None:
        self.expect_refusal(self.manifest(charset=b"another"))

    def test_a_cut_tarball_leaves_nothing(self) -> None:
        cut = self.tarball[:len(self.tarball) * 9 // 10]
        (self.folder / "made-up-1.0.0.tgz").write_bytes(cut)
        self.expect_refusal(self.manifest())
        self.expect_refusal(self.manifest(tarball=cut))

    def test_a_missing_tarball_says_how_to_make_it(self) -> None:
        (self.folder / "made-up-1.0.0.tgz").unlink()
        self.assertIn("npm pack @made/up@1.0.0",
                      self.expect_refusal(self.manifest()))

    def test_a_damaged_file_is_made_again(self) -> None:
        self.fill(self.manifest())
        (self.cache / "charset.txt").write_bytes(CHARSET[:-1] + b"x")
        self.fill(self.manifest())
        self.assertEqual(CHARSET, (self.cache / "charset.txt").read_bytes())

    def test_a_damaged_file_goes_even_if_no_package_comes(self) -> None:
        self.cache.mkdir()
        (self.cache / "charset.txt").write_bytes(b"damaged")
        (self.folder / "made-up-1.0.0.tgz").unlink()
        self.expect_refusal(self.manifest())


class NpmTest(unittest.TestCase):
    def setUp(self) -> None:
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = Path(scratch.name)
        self.package = Package("@made/up", "1.0.0", artifact("t", b"t"), ())

    def npm_error(self, script: str | None) -> str:
        """Runs with `script` as the only command npm, or with none."""
        if script is not None:
            npm = self.folder / "npm"
            npm.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
            npm.chmod(0o755)
        with mock.patch.dict(os.environ, {"PATH": str(self.folder)}):
            with self.assertRaises(AcquireError) as caught:
                acquire.tarball_from_npm(self.package, self.folder)
        return str(caught.exception)

    def test_a_missing_npm_says_what_to_install(self) -> None:
        self.assertIn("apt-get install npm", self.npm_error(None))

    def test_no_network_says_what_to_check(self) -> None:
        error = self.npm_error("echo 'npm error code ENOTFOUND' >&2; exit 1")
        self.assertIn("ENOTFOUND", error)
        self.assertIn("npm ping", error)

    def test_an_npm_that_writes_no_file_is_an_error(self) -> None:
        self.assertIn("npm pack @made/up@1.0.0", self.npm_error("exit 0"))


class FetchCommandTest(unittest.TestCase):
    def run_fetch(self, *arguments: str) -> subprocess.CompletedProcess:
        return subprocess.run([str(FETCH), *arguments], capture_output=True,
                              text=True, check=False)

    def test_check_of_an_empty_cache_fails_and_writes_nothing(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            run = self.run_fetch("--check", "--cache", folder)
            self.assertEqual([], os.listdir(folder))
        self.assertEqual(1, run.returncode)
        self.assertIn("text_detector.onnx", run.stderr)

    def test_a_folder_without_tarballs_fails_without_a_trace(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            run = self.run_fetch("--cache", folder, "--tarballs", folder)
            self.assertEqual([], os.listdir(folder))
        self.assertEqual(1, run.returncode)
        self.assertNotIn("Traceback", run.stderr)

    def test_our_own_networks_need_no_tarball(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            fetched = self.run_fetch("--own", "--cache", f"{folder}/cache",
                                     "--tarballs", folder)
            checked = self.run_fetch("--own", "--check",
                                     "--cache", f"{folder}/cache")
            files = os.listdir(f"{folder}/cache")
        self.assertEqual((0, 0), (fetched.returncode, checked.returncode))
        self.assertIn("text_maps_quick.onnx", files)
        self.assertNotIn("text_detector.onnx", files)

    def test_a_missing_manifest_is_named_as_the_trouble(self) -> None:
        run = self.run_fetch("--manifest", "/nonexistent.json")
        self.assertEqual(1, run.returncode)
        self.assertIn("manifest", run.stderr)


if __name__ == "__main__":
    unittest.main()
