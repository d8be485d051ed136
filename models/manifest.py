"""Reads and checks the manifest of models.

The manifest names every npm package in use, the files taken from it, and the
files made from those. Each has its size in bytes and its SHA-256 digest. It
also names the library that runs the networks faster, for each architecture.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, replace
from pathlib import Path

SCHEMA = 1
KINDS = ("detector", "recognizer", "detector_ort", "recognizer_ort",
         "charset", "copy")


class ManifestError(Exception):
    """The manifest cannot be used; the text says why."""


@dataclass(frozen=True)
class Artifact:
    """What a file must be: `sha256` is in lower-case hex."""

    name: str
    sha256: str
    size_bytes: int

    def matches(self, content: bytes) -> bool:
        """Says whether `content` is exactly this file."""
        return (len(content) == self.size_bytes
                and hashlib.sha256(content).hexdigest() == self.sha256)


@dataclass(frozen=True)
class Package:
    """One npm package. `files` are named by their path in the tarball."""

    name: str
    version: str
    tarball: Artifact
    files: tuple[Artifact, ...]


@dataclass(frozen=True)
class Product:
    """A file of the cache, made from `source` in the way of `kind`.

    `source` is the name of a package's file, or for the kind "copy" a path
    relative to the manifest. `width` is in pixels.
    """

    artifact: Artifact
    kind: str
    source: str
    width: int | None


@dataclass(frozen=True)
class Runtime:
    """ONNX Runtime's library for one architecture, as `uname -m` names it.

    The one file of `package`, copied to the cache as `library`.
    """

    architecture: str
    version: str
    library: Artifact
    package: Package


@dataclass(frozen=True)
class Manifest:
    """The whole manifest. `folder` is where it was read from."""

    folder: Path
    packages: tuple[Package, ...]
    products: tuple[Product, ...]
    runtimes: tuple[Runtime, ...] = ()

    def runtime_for(self, architecture: str) -> Runtime | None:
        """Returns the library for `architecture`, if there is one."""
        for runtime in self.runtimes:
            if runtime.architecture == architecture:
                return runtime
        return None

    def without_packages(self) -> Manifest:
        """Returns what needs nothing but this repository."""
        return replace(self, packages=(), runtimes=(), products=tuple(
            product for product in self.products if product.kind == "copy"))


def load_manifest(path: Path) -> Manifest:
    """Reads the manifest at `path`. Raises ManifestError."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if content["schema"] != SCHEMA:
            raise ManifestError(f"The manifest's schema is not {SCHEMA}.")
        manifest = Manifest(
            path.parent,
            tuple(_package(p) for p in content["packages"]),
            tuple(_product(p) for p in content["products"]),
            tuple(_runtime(r) for r in content["runtimes"]))
    except OSError as error:
        raise ManifestError("The manifest cannot be read.") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ManifestError("The manifest is not well formed.") from error
    _check_sources(manifest)
    return manifest


def _artifact(entry: dict, name: str) -> Artifact:
    digest, size = entry["sha256"], entry["bytes"]
    if not re.fullmatch("[0-9a-f]{64}", digest):
        raise ManifestError(f"The digest of {name} is not a SHA-256 digest.")
    if not isinstance(size, int) or size <= 0:
        raise ManifestError(f"The size of {name} is not a number of bytes.")
    return Artifact(name, digest, size)


def _package(entry: dict) -> Package:
    name, version = entry["package"], entry["version"]
    tarball = _artifact(entry["tarball"], f"{name} {version}")
    files = tuple(_artifact(f, f["path"]) for f in entry["files"])
    if any(not f["licence"]["spdx"] for f in entry["files"]):
        raise ManifestError(f"A file of {name} has no licence.")
    return Package(name, version, tarball, files)


def _runtime(entry: dict) -> Runtime:
    package = _package(entry)
    if len(package.files) != 1:
        raise ManifestError(f"{package.name} has not one library.")
    name, file = _plain_name(entry), package.files[0]
    return Runtime(entry["architecture"], entry["runtime_version"],
                   Artifact(name, file.sha256, file.size_bytes), package)


def _plain_name(entry: dict) -> str:
    name = entry["name"]
    if Path(name).name != name or name.startswith("."):
        raise ManifestError(f"The product {name} is not a plain file name.")
    return name


def _product(entry: dict) -> Product:
    name = _plain_name(entry)
    if entry["kind"] not in KINDS:
        raise ManifestError(f"The product {name} has an unknown kind.")
    return Product(_artifact(entry, name), entry["kind"], entry["source"],
                   entry.get("width"))


def _check_sources(manifest: Manifest) -> None:
    known = {f.name for p in manifest.packages for f in p.files}
    names = [p.artifact.name for p in manifest.products]
    names += {r.library.name for r in manifest.runtimes}
    if len(set(names)) != len(names):
        raise ManifestError("Two products have the same name.")
    for product in manifest.products:
        if product.kind != "copy" and product.source not in known:
            raise ManifestError(
                f"The source of {product.artifact.name} is in no package.")
