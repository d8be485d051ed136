"""What figures were measured with: the commit and the machine."""

from __future__ import annotations

import os
import pathlib
import subprocess

from .measuring import REPOSITORY


def commit() -> str:
    """Returns the commit of this tree, and whether files differ from it."""
    git = ["git", "-c", f"safe.directory={REPOSITORY}", "-C", str(REPOSITORY)]
    head = subprocess.run([*git, "rev-parse", "--short", "HEAD"], check=False,
                          capture_output=True, text=True)
    changed = subprocess.run([*git, "status", "--porcelain"], check=False,
                             capture_output=True, text=True)
    if head.returncode != 0:
        return "unknown"
    return head.stdout.strip() + (" with changes" if changed.stdout else "")


def machine() -> str:
    """Returns how many processors of which kind there are."""
    model = "unknown processor"
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            model = line.split(":", 1)[1].strip()
            break
    return f"{os.cpu_count()} x {model}"
