"""The cache gets ONNX Runtime's library, the right one or none.

The package here is made by the test, so no network is used.
"""

from __future__ import annotations

import hashlib
import io
import json
import platform
import subprocess
import tarfile
import tempfile
import unittest
from pathlib import Path

from model_paths import FETCH

LIBRARY = b"a library"
MEMBER = "package/libonnxruntime.so"
LICENCE = "Do as you like."


def measures(content: bytes) -> dict:
    return {"bytes": len(content),
            "sha256": hashlib.sha256(content).hexdigest()}


def tarball_of(content: bytes) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        member = tarfile.TarInfo(MEMBER)
        member.size = len(content)
        archive.addfile(member, io.BytesIO(content))
    return buffer.getvalue()


class FetchRuntimeTest(unittest.TestCase):
    def setUp(self) -> None:
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = Path(scratch.name)
        self.library = self.folder / "cache" / "library.so"
        self.tarball = self.folder / "made-up-1.0.0.tgz"
        self.tarball.write_bytes(tarball_of(LIBRARY))
        (self.folder / "LICENCE").write_text(LICENCE, encoding="utf-8")
        self.write_manifest(platform.machine())

    def write_manifest(self, architecture: str) -> None:
        runtime = {
            "architecture": architecture, "name": self.library.name,
            "runtime_version": "1.2.3", "package": "made-up",
            "version": "1.0.0",
            "tarball": measures(self.tarball.read_bytes()),
            "files": [{"path": MEMBER, "licence": {"spdx": "MIT"},
                       **measures(LIBRARY)}]}
        product = {"name": "LICENCE", "kind": "copy", "source": "LICENCE",
                   **measures(LICENCE.encode())}
        (self.folder / "manifest.json").write_text(json.dumps(
            {"schema": 1, "packages": [], "products": [product],
             "runtimes": [runtime]}), encoding="utf-8")

    def fetch(self, *more: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [str(FETCH), "--cache", str(self.library.parent), "--manifest",
             str(self.folder / "manifest.json"), "--tarballs",
             str(self.folder), *more],
            capture_output=True, text=True, check=False)

    def expect_to_go_on_without(self) -> None:
        run = self.fetch()
        self.assertEqual(0, run.returncode, run.stderr)
        self.assertIn("OpenCV serves", run.stderr)
        self.assertEqual(["LICENCE"],
                         [p.name for p in self.library.parent.iterdir()])
        self.assertEqual(0, self.fetch("--check").returncode)

    def test_a_right_package_gives_the_library(self) -> None:
        self.assertEqual(0, self.fetch().returncode)
        self.assertEqual(LIBRARY, self.library.read_bytes())

    def test_a_library_that_is_there_needs_no_package(self) -> None:
        self.fetch()
        self.tarball.unlink()
        run = self.fetch()
        self.assertEqual(0, run.returncode)
        self.assertNotIn("OpenCV", run.stderr)

    def test_a_missing_package_is_no_failure(self) -> None:
        self.tarball.unlink()
        self.expect_to_go_on_without()

    def test_a_package_with_a_wrong_digest_is_not_used(self) -> None:
        self.tarball.write_bytes(tarball_of(b"another!!"))
        self.expect_to_go_on_without()

    def test_a_library_with_a_wrong_digest_is_not_used(self) -> None:
        self.tarball.write_bytes(tarball_of(b"another!!"))
        self.write_manifest(platform.machine())
        self.expect_to_go_on_without()

    def test_a_wrong_library_is_replaced(self) -> None:
        self.fetch()
        self.library.write_bytes(b"a llbrary")
        self.assertEqual(1, self.fetch("--check").returncode)
        self.assertEqual(0, self.fetch().returncode)
        self.assertEqual(LIBRARY, self.library.read_bytes())

    def test_a_wrong_library_goes_even_if_no_package_comes(self) -> None:
        self.fetch()
        self.library.write_bytes(b"a llbrary")
        self.tarball.unlink()
        self.expect_to_go_on_without()

    def test_a_machine_without_a_library_does_without(self) -> None:
        self.write_manifest("vax")
        self.tarball.unlink()
        run = self.fetch()
        self.assertEqual(0, run.returncode)
        self.assertNotIn("OpenCV", run.stderr)


if __name__ == "__main__":
    unittest.main()
