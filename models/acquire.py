"""Fills the model cache: fetch, verify, rewrite, verify, put in place.

Nothing enters the cache before everything has its right digest, and files
with a wrong digest that are there already are removed first.
"""

from __future__ import annotations

import io
import os
import re
import subprocess
import tarfile
import tempfile
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

from manifest import Artifact, Manifest, Package, Product

NPM_TIMEOUT_S = 600

# Gets a package's tarball into a folder and returns its path.
TarballSource = Callable[[Package, Path], Path]


class AcquireError(Exception):
    """The cache could not be filled; the text names the next step."""


def wrong_products(manifest: Manifest, cache: Path) -> list[Product]:
    """Returns the products that are missing from `cache` or differ."""
    return [p for p in manifest.products if not _is_inplace(p, cache)]


def fill_cache(manifest: Manifest, cache: Path,
               get_tarball: TarballSource) -> None:
    """Makes `cache` hold every product of `manifest`. Raises AcquireError.

    Costs nothing but reading when all is there. After an error the cache
    holds right files only.
    """
    wrong = wrong_products(manifest, cache)
    if not wrong:
        return
    cache.mkdir(parents=True, exist_ok=True)
    for product in wrong:
        (cache / product.artifact.name).unlink(missing_ok=True)
    sources = _read_sources(manifest, wrong, get_tarball)
    contents = [_make(product, sources) for product in wrong]
    for product, content in zip(wrong, contents):
        place(cache / product.artifact.name, content)


def tarball_from_npm(package: Package, folder: Path,
                     retries: int = 2) -> Path:
    """Downloads with `npm pack`, so the machine's npm settings hold.

    Two `retries` take more than a minute where there is no network.
    """
    label = f"{package.name}@{package.version}"
    command = ["npm", "pack", label, "--loglevel=error",
               "--ignore-scripts", f"--fetch-retries={retries}",
               "--pack-destination", str(folder)]
    try:
        run = subprocess.run(command, cwd=folder, capture_output=True,
                             text=True, timeout=NPM_TIMEOUT_S, check=False)
    except FileNotFoundError as error:
        raise AcquireError(
            "The command npm was not found. Install it (on Debian: apt-get "
            "install npm), or fetch on another machine and give the "
            "tarball's folder with --tarballs.") from error
    except subprocess.TimeoutExpired as error:
        raise AcquireError(_npm_trouble(label, "no answer")) from error
    if run.returncode != 0:
        code = re.search(r"\bcode (\w+)", run.stderr)
        reason = code.group(1) if code else f"exit {run.returncode}"
        raise AcquireError(_npm_trouble(label, reason))
    return _only_tarball(folder, label)


def tarball_from_folder(source: Path) -> TarballSource:
    """Returns a source for a machine without a network.

    `source` holds the files that `npm pack` wrote elsewhere.
    """
    def get(package: Package, _: Path) -> Path:
        stem = package.name.removeprefix("@").replace("/", "-")
        path = source / f"{stem}-{package.version}.tgz"
        if not path.is_file():
            raise AcquireError(
                f"The folder has no {path.name}. Make it where there is a "
                f"network: npm pack {package.name}@{package.version}")
        return path
    return get


def _npm_trouble(label: str, reason: str) -> str:
    return (f"npm could not download {label} ({reason}). Check the network "
            "and npm's registry setting (npm ping), then run models/fetch "
            "again. Without a network, see --tarballs.")


def _only_tarball(folder: Path, label: str) -> Path:
    tarballs = list(folder.glob("*.tgz"))
    if len(tarballs) != 1:
        raise AcquireError(f"npm wrote no tarball for {label}. Run "
                           f"`npm pack {label}` by hand to see why.")
    return tarballs[0]


def _is_inplace(product: Product, cache: Path) -> bool:
    path = cache / product.artifact.name
    try:
        if path.stat().st_size != product.artifact.size_bytes:
            return False
        return product.artifact.matches(path.read_bytes())
    except OSError:
        return False


def _read_sources(manifest: Manifest, products: list[Product],
                  get_tarball: TarballSource) -> dict[str, bytes]:
    """Returns the content of every file that `products` are made from."""
    sources = {p.source: _read_own_file(manifest.folder / p.source)
               for p in products if p.kind == "copy"}
    needed = {p.source for p in products} - sources.keys()
    for package in manifest.packages:
        files = [f for f in package.files if f.name in needed]
        if not files:
            continue
        with tempfile.TemporaryDirectory(prefix="burntin-models-") as folder:
            sources.update(
                read_package(package, files, get_tarball, Path(folder)))
    return sources


def read_package(package: Package, files: Sequence[Artifact],
                 get_tarball: TarballSource,
                 folder: Path) -> dict[str, bytes]:
    """Returns the verified content of `files`, by their names.

    `folder` is for the tarball. Raises AcquireError.
    """
    content = get_tarball(package, folder).read_bytes()
    _check(package.tarball, content)
    return _unpack(content, files)


def _read_own_file(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise AcquireError(f"The file {path.name} of the source tree is "
                           "missing. Restore it.") from error


def _unpack(tarball: bytes,
            files: Sequence[Artifact]) -> dict[str, bytes]:
    """Reads the named members, and only those, into memory."""
    contents = {}
    try:
        with tarfile.open(fileobj=io.BytesIO(tarball)) as archive:
            for file in files:
                member = archive.extractfile(file.name)
                if member is None:
                    raise KeyError(file.name)
                contents[file.name] = member.read(file.size_bytes + 1)
    except (tarfile.TarError, zlib.error, KeyError, EOFError,
            OSError) as error:
        raise AcquireError("The tarball lacks a file of the manifest. The "
                           "manifest is wrong: report it.") from error
    for file in files:
        _check(file, contents[file.name])
    return contents


def _check(artifact: Artifact, content: bytes) -> None:
    if not artifact.matches(content):
        raise AcquireError(
            f"The digest of {artifact.name} is wrong: it is not the file "
            "that was reviewed. Nothing was kept. Empty npm's cache (npm "
            "cache clean --force) and run models/fetch again; if the digest "
            "stays wrong, do not use the file and report it.")


def _make(product: Product, sources: dict[str, bytes]) -> bytes:
    # Imported here, so that a filled cache needs neither onnx nor its time.
    try:
        from convert.graph import ConversionError
        from convert.products import make_product
    except ImportError as error:
        raise AcquireError(
            "The Python packages onnx and numpy are missing. Install them "
            "(on Debian: apt-get install python3-onnx) and run models/fetch "
            "with Debian's Python.") from error
    try:
        content = make_product(product.kind, sources[product.source],
                               product.width)
    except ConversionError as error:
        raise AcquireError(f"{product.artifact.name} could not be made: "
                           f"{error}") from error
    if not product.artifact.matches(content):
        raise AcquireError(
            f"{product.artifact.name} came out with a wrong digest. The "
            "manifest expects Debian 12's python3-onnx 1.12; check with "
            "`dpkg -l python3-onnx`. Nothing was kept.")
    return content


def place(path: Path, content: bytes) -> None:
    """Writes `path` so that no reader ever sees a part of it."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".placing-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except OSError as error:
        Path(temporary).unlink(missing_ok=True)
        raise AcquireError(f"{path.name} could not be written. Check the "
                           "free space and the folder's owner.") from error
