"""Gets ONNX Runtime's library, which runs the networks faster.

burntin does without it, so a network that is down is no failure here. A
library with a wrong digest is removed: burntin would not open it.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from acquire import AcquireError, TarballSource, place, read_package
from manifest import Runtime


def is_in_place(runtime: Runtime, cache: Path) -> bool:
    """Says whether `cache` holds the right library."""
    try:
        content = (cache / runtime.library.name).read_bytes()
    except OSError:
        return False
    return runtime.library.matches(content)


def is_wrong(runtime: Runtime, cache: Path) -> bool:
    """Says whether `cache` holds another file by the library's name."""
    return ((cache / runtime.library.name).exists()
            and not is_in_place(runtime, cache))


def fetch_runtime(runtime: Runtime, cache: Path,
                  get_tarball: TarballSource) -> None:
    """Puts the library into `cache`. Raises AcquireError.

    After an error the cache holds no library.
    """
    if is_in_place(runtime, cache):
        return
    try:
        (cache / runtime.library.name).unlink(missing_ok=True)
    except OSError as error:
        raise AcquireError(f"{runtime.library.name} is wrong and cannot be "
                           "removed. Check the folder's owner.") from error
    with tempfile.TemporaryDirectory(prefix="burntin-models-") as folder:
        contents = read_package(runtime.package, runtime.package.files,
                                get_tarball, Path(folder))
    cache.mkdir(parents=True, exist_ok=True)
    place(cache / runtime.library.name,
          contents[runtime.package.files[0].name])
