"""Runs the encoders, which are programs of Debian packages."""

from __future__ import annotations

import pathlib
import shutil
import subprocess

PACKAGES = {"dcmcjpeg": "dcmtk", "dcmcjpls": "dcmtk", "dcmcrle": "dcmtk",
            "gdcmconv": "libgdcm-tools", "opj_compress": "libopenjp2-tools",
            "ojph_compress": "openjph-tools", "cjxl": "libjxl-tools",
            "ffmpeg": "ffmpeg"}


class EncoderError(RuntimeError):
    """An encoder is missing or failed."""


def run_tool(tool: str, *arguments: object,
             stdin: bytes | None = None) -> None:
    """Runs `tool`; raises EncoderError unless it succeeds."""
    if shutil.which(tool) is None:
        raise EncoderError(f"{tool} is missing: install the Debian package "
                           f"{PACKAGES.get(tool, tool)}.")
    done = subprocess.run([tool, *map(str, arguments)], input=stdin,
                          capture_output=True, check=False)
    if done.returncode:
        said = (done.stderr or done.stdout).decode(errors="replace")
        raise EncoderError(f"{tool} failed: {said.strip()[-300:]}")


def is_installed(tool: str) -> bool:
    """Says whether the program is on the path."""
    return shutil.which(tool) is not None


def read_output(path: pathlib.Path) -> bytes:
    """Returns what a tool wrote; raises EncoderError when that is nothing."""
    data = path.read_bytes() if path.exists() else b""
    if not data:
        raise EncoderError(f"A tool wrote nothing to {path.name}.")
    return data
