"""Runs the README's example programs against a real burntind."""

from __future__ import annotations

import os
import subprocess
import tempfile
import unittest
from pathlib import Path

import programs

EXAMPLES = programs.REPOSITORY / "docs/examples"


def generate_python(folder: Path) -> None:
    """Generates the contract's Python code, as proto/README.md says."""
    plugin = subprocess.check_output(["which", "grpc_python_plugin"],
                                     text=True).strip()
    protos = programs.REPOSITORY / "proto"
    subprocess.run(
        ["protoc", f"--proto_path={protos}", f"--python_out={folder}",
         f"--grpc_out={folder}", f"--plugin=protoc-gen-grpc={plugin}",
         *map(str, sorted(protos.glob("burntin/v1/*.proto")))], check=True)


class ExamplesTest(unittest.TestCase):
    """Each example names the verdict of a file with a planted name."""

    def test_both_examples_find_a_planted_identifier(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            truth = programs.make_samples(root / "samples", "--preset", "demo")
            named = next(s for s in truth if s["identifying"])
            file = root / "samples" / named["path"]
            generate_python(root)
            with programs.running_server(root) as server:
                programs.wait_until_serving(server)
                python = subprocess.run(
                    ["/usr/bin/python3", EXAMPLES / "inspect_file.py",
                     server.address, file], capture_output=True, text=True,
                    check=False, env=os.environ | {"PYTHONPATH": str(root)})
                native = subprocess.run(
                    [programs.PROGRAMS / "example_inspect", server.address,
                     file], capture_output=True, text=True, check=False)
        self.assertIn("VERDICT_IDENTIFYING", python.stdout)
        self.assertIn("VERDICT_IDENTIFYING", native.stdout)
        self.assertEqual(python.returncode, 1)
        self.assertEqual(native.returncode, 1)


if __name__ == "__main__":
    unittest.main()
