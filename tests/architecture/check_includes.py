#!/usr/bin/python3
"""Checks the tree against modules.json: who includes whom, and file length.

Usage: check_includes.py ROOT
Prints one line for each violation and exits with 1 if there is any.
"""

from __future__ import annotations

import json
import pathlib
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass

TABLE = pathlib.Path(__file__).with_name("modules.json")
FOLDERS = ("detector", "wire", "server", "client", "benchmarks")
MAX_LINES = 400
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


@dataclass(frozen=True)
class Include:
    """One include directive."""

    line: int
    header: str
    quoted: bool


class Architecture:
    """The table of modules. Raises ValueError if it contradicts itself."""

    def __init__(self, table: dict) -> None:
        self.modules: dict[str, dict] = table["modules"]
        self.files: dict[str, str] = table["files"]
        self.free: list[str] = table["free"]
        for name, module in self.modules.items():
            for seen in module["may_see"]:
                if seen.removesuffix("/*") not in self.modules:
                    raise ValueError(f"{name} may see {seen}, which is none")
        for file, name in self.files.items():
            if name not in self.modules:
                raise ValueError(f"{file} is of {name}, which is none")

    def module_of(self, path: str) -> str | None:
        """The module of a file or header, by its path from the root."""
        if path in self.files:
            return self.files[path]
        if path.startswith(("burntin/v1/", "google/rpc/")):
            return "proto"
        parts = path.split("/")[:-1]
        while parts:
            if "/".join(parts) in self.modules:
                return "/".join(parts)
            parts.pop()
        return None

    def may_see(self, module: str, other: str) -> bool:
        """Whether files of `module` may include headers of `other`."""
        if module == other:
            return True
        return any(
            seen == other
            or (seen.endswith("/*") and other.startswith(seen[:-1]))
            for seen in self.modules[module]["may_see"]
        )

    def may_use(self, module: str, path: str, header: str) -> bool:
        """Whether the file `path` may include a third party's `header`."""
        entry = self.modules[module]
        in_header = path.endswith(".h") and path not in entry.get("edges", [])
        allowed = entry.get("headers" if in_header else "third_party", [])
        return header.startswith(tuple([*allowed, *self.free]))


def read_includes(text: str) -> Iterator[Include]:
    """The include directives of a C++ file."""
    for number, line in enumerate(text.splitlines(), start=1):
        found = INCLUDE.match(line)
        if found:
            yield Include(number, found[2], found[1] == '"')


def is_system(include: Include) -> bool:
    """Whether the header is the standard library's or the system's.

    Those have no folder, or one of the kernel's and libc's.
    """
    folders = ("sys/", "arpa/", "netinet/", "linux/")
    return not include.quoted and (
        "/" not in include.header or include.header.startswith(folders)
    )


def check_file(architecture: Architecture, path: str, text: str) -> list[str]:
    """What is wrong with one file, one sentence each."""
    problems = []
    lines = len(text.splitlines())
    if lines > MAX_LINES:
        problems.append(f"{path}: has {lines} lines; at most {MAX_LINES}")
    module = architecture.module_of(path)
    if module is None:
        return [*problems, f"{path}: stands in no module of modules.json"]
    for include in read_includes(text):
        if is_system(include):
            continue
        place = f"{path}:{include.line}"
        other = architecture.module_of(include.header)
        if other is not None:
            if not architecture.may_see(module, other):
                problems.append(f"{place}: {module} may not see {other}")
        elif include.header.startswith(tuple(f"{f}/" for f in FOLDERS)):
            problems.append(f"{place}: {include.header} is in no module")
        elif not architecture.may_use(module, path, include.header):
            problems.append(f"{place}: {module} may not use {include.header}")
    return problems


def check_tree(architecture: Architecture, root: pathlib.Path) -> list[str]:
    """What is wrong with the tree below `root`."""
    problems = []
    for folder in FOLDERS:
        for file in sorted((root / folder).rglob("*")):
            if file.suffix not in (".h", ".cc"):
                continue
            path = file.relative_to(root).as_posix()
            problems += check_file(architecture, path, file.read_text("utf-8"))
    return problems


def main() -> int:
    """Checks the tree that the command line names."""
    root = pathlib.Path(sys.argv[1])
    problems = check_tree(Architecture(json.loads(TABLE.read_text())), root)
    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
