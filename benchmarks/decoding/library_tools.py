"""The command-line tools of the libraries that the detector decodes with."""

from __future__ import annotations

import os
import pathlib
import subprocess
from dataclasses import dataclass

from . import data_sets

_ROOT = "1.2.840.10008.1.2"
_DCMTK = {".4.5": "dcmdjpeg", ".4.7": "dcmdjpeg", ".4.8": "dcmdjpls",
          ".5": "dcmdrle", ".1.99": "dcmconv"}


@dataclass(frozen=True)
class Tool:
    """Commands that together decode every frame of a file, each once."""

    name: str
    commands: list[list[str]]


def cpu_seconds(command: list[str]) -> float:
    """Runs a command; returns its user and system time."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{command[0]} ended with {process.returncode}")
    return used.ru_utime + used.ru_stime


def _by_dcmtk(tail: str, path: pathlib.Path,
              scratch: pathlib.Path) -> Tool | None:
    for start, tool in _DCMTK.items():
        if tail.startswith(start):
            return Tool(tool, [[tool, str(path), str(scratch / "plain.dcm")]])
    return None


def tool_for(path: pathlib.Path, scratch: pathlib.Path) -> Tool:
    """Returns the tool for the file's transfer syntax. Streams that it reads
    and what it writes are in `scratch`."""
    ds = data_sets.read(path)
    tail = data_sets.syntax_of(ds).removeprefix(_ROOT)
    tool = _by_dcmtk(tail, path, scratch)
    if tool is not None:
        return tool
    if tail.startswith((".4.9", ".4.20")):
        folder = scratch / "streams"
        folder.mkdir(exist_ok=True)
        for number, stream in enumerate(data_sets.streams(ds)):
            (folder / f"{number:04d}.j2k").write_bytes(stream)
        return Tool("opj_decompress", [["opj_decompress", "-quiet", "-ImgDir",
                                        str(folder), "-OutFor", "RAWL"]])
    if tail.startswith(".4.11"):
        commands = []
        for number, stream in enumerate(data_sets.streams(ds)):
            source = scratch / f"{number:04d}.jxl"
            source.write_bytes(stream)
            suffix = "ppm" if ds.SamplesPerPixel == 3 else "pgm"
            commands.append(["djxl", str(source), str(scratch / f"o.{suffix}"),
                             "--num_threads=1"])
        return Tool("djxl", commands)
    ds.NumberOfFrames = 1
    stream = scratch / "video.bin"
    stream.write_bytes(data_sets.streams(ds)[0])
    pixels = "rgb48le" if ds.BitsStored > 8 else "rgb24"
    return Tool("ffmpeg", [[
        "ffmpeg", "-v", "error", "-y", "-threads", "1", "-i", str(stream),
        "-fps_mode", "passthrough", "-sws_flags",
        "bilinear+accurate_rnd", "-f", "rawvideo", "-pix_fmt",
        pixels, "/dev/null"]])
