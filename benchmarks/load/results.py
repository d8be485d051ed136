"""The results as JSON, from which the page is made."""

from __future__ import annotations

import json
import pathlib
from collections.abc import Mapping
from dataclasses import asdict

from . import beside
from .processes import Reading
from .soak import Soaked, slope_per_hour
from .steps import Measured, judged

STEPS_FILE, SOAK_FILE, BESIDE_FILE = "load.json", "soak.json", "beside.json"
_SHOWN_READINGS = 400  # at most; more would say nothing more


def steps_json(measured: Measured, origin: Mapping[str, str]) -> dict:
    """The steps, and what has to be true of them."""
    return {**origin, **asdict(measured), "checks": judged(measured)}


def beside_json(measured: beside.Beside, origin: Mapping[str, str]) -> dict:
    """Small requests beside a cine, and what has to be true of them."""
    return {**origin, **asdict(measured), "checks": beside.judged(measured)}


def _slopes(readings: list[Reading]) -> dict[str, float]:
    return {field: slope_per_hour([(one.at_s, getattr(one, field))
                                   for one in readings])
            for field in ("rss_bytes", "children_rss_bytes", "threads",
                          "files", "children")}


def soak_json(soaked: Soaked, origin: Mapping[str, str]) -> dict:
    """The run, and what has to be true of it."""
    readings, notes = soaked.readings, soaked.notes
    start = readings[0].at_s if readings else 0.0
    every = max(len(readings) // _SHOWN_READINGS, 1)
    return {
        **origin, "plan": asdict(soaked.plan), "seconds": soaked.seconds,
        "checks": soaked.checks,
        "violations": notes.violations,
        "violations_total": notes.violations_total,
        "ends": [{"activity": activity, "end": end, "count": count}
                 for (activity, end), count in sorted(notes.ends.items())],
        "faults": dict(sorted(notes.faults.items())),
        "decided": len(notes.decided), "kept": len(notes.kept),
        "after_warm_up": asdict(soaked.after_warm_up),
        "at_end": asdict(soaked.at_end),
        "slopes_per_hour": _slopes(readings),
        "slopes_per_hour_second_half": _slopes(readings[len(readings) // 2:]),
        "log_events": dict(sorted(soaked.log_events.items())),
        "readings": [{**asdict(one), "at_s": round(one.at_s - start, 1)}
                     for one in readings[::every]]}


def write_json(result: dict, out: pathlib.Path, name: str) -> None:
    """Writes a result into the folder `out`."""
    out.mkdir(parents=True, exist_ok=True)
    (out / name).write_text(json.dumps(result, indent=1, ensure_ascii=False)
                            + "\n", encoding="utf-8")


def read_json(out: pathlib.Path, name: str) -> dict | None:
    """Reads a result from the folder `out`; None without one."""
    file = out / name
    return (json.loads(file.read_text(encoding="utf-8"))
            if file.exists() else None)
