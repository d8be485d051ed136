"""Encoders that make a compressed file from an uncompressed one."""

from __future__ import annotations

import pathlib

import pydicom

from .tools import run_tool
from .writing import write_file


def dcmtk(tool: str, options: tuple, plain: pathlib.Path,
          target: pathlib.Path) -> None:
    """By dcmcjpeg, dcmcjpls or dcmcrle. "Never new UIDs" keeps a file a
    function of its seed even where it is lossy."""
    keep = () if tool == "dcmcrle" else ("+un",)
    run_tool(tool, *keep, *options, plain, target)


def gdcm(options: tuple, plain: pathlib.Path, target: pathlib.Path) -> None:
    """By GDCM, an implementation of its own of the same codecs. Only pixels
    and their description are taken: the header gets new UIDs and times."""
    run_tool("gdcmconv", *options, "-i", plain, "-o", target)
    ds, made = pydicom.dcmread(plain), pydicom.dcmread(target)
    for keyword in ("PhotometricInterpretation", "PlanarConfiguration",
                    "PixelData"):
        if keyword in made:
            ds[keyword] = made[keyword]
    write_file(ds, target, made.file_meta.TransferSyntaxUID)
