"""The page about load and faults, from the results in JSON."""

from __future__ import annotations

import pathlib
from collections.abc import Mapping

from ..bench.markdown import table
from . import load_figures
from .results import BESIDE_FILE, SOAK_FILE, STEPS_FILE, read_json

_MIB = 1 << 20

_HEAD = """\
# burntind under load, and under faults

Made by `load-test`; do not edit. How to make it again stands in
[benchmarks/README.md](../benchmarks/README.md).
"""

_STEPS = """
## More calls than it can answer

Calls arrive as a Poisson process, at a rate that does not depend on whether
earlier ones were answered. Times count from the moment at which a call was
due, so a client that falls behind makes no call look shorter. One call in ten
is `InspectStream` with four objects, the others are `InspectInstance`; half of
the objects are small, a quarter are usual frames, the rest large frames, cines
and files that are no image. burntind takes eight calls at a time
(`server.max_calls`, by default 32), all further ones are refused. Each report
is compared with the report that the idle server gave about the same file.
"""

_SHARED = """
The machine was shared with other work, which took the processors in the last
column; client and server ran on it together. How many calls can be answered
was measured before each step, with eight calls always under way, and a load is
a share of that. Other work comes and goes within a step, so a load of 1 is
about, not exactly, saturation. Rates and times are good for the shape of the
curves, not as figures of a machine of one's own. Seconds of processor time for
a call do not depend on it as much. Memory of the decoders counts the pages that
they share once for each of them.
"""

_BESIDE = """
## Small requests beside a long cine

{in_flight} small requests are always under way, at first by themselves, then
while the same server inspects a cine of {frames} frames, which wants all
workers for itself. Workers take a frame of each request in turn.
"""

_SOAK = """
## Half an hour of traffic while things go wrong

A site with identities, a protocol, a ledger on PostgreSQL and evidence, at most
20 calls at a time. Callers inspect objects one by one and on streams, have
sessions decided, look at evidence, keep cases and run `burntin session`.
Meanwhile calls are cancelled or have no time, clients are killed in the middle
of an upload, processes that decode are killed, and the database is ended as if
its machine had crashed and is started again.
"""


def _seconds(value: float | None) -> str:
    return "–" if value is None else f"{value:.3g}"


def _checks(checks: Mapping[str, bool]) -> str:
    return table(("what has to be true", ""), [
        (what, "yes" if met else "**no**") for what, met in checks.items()])


def _origin(result: dict) -> str:
    return table(("", ""), [("command", f"`{result['command']}`"),
                            ("commit", result["commit"]),
                            ("machine", result["machine"])])


def _rates(steps: list[dict]) -> str:
    rows = []
    for step in steps:
        calls = step["calls"]
        rows.append((
            f"{step['load']:g}", f"{step['capacity_calls_per_s']:.1f}",
            f"{calls['offered_per_s']:.1f}",
            str(calls["arrived"]), str(calls["accepted"]),
            str(calls["refused"]), str(sum(calls["failed"].values())),
            str(calls["wrong_answers"]),
            f"{calls['answered_calls_per_s']:.1f}",
            f"{calls['answered_objects_per_s']:.1f}",
            f"{step['server_cores']:.2f}", f"{step['client_cores']:.2f}",
            f"{step['other_cores']:.2f}"))
    return table(("load", "calls a second that can be answered", "offered",
                  "calls", "answered",
                  "refused", "failed", "wrong answers", "answered a second",
                  "objects a second", "processors: burntind", "client",
                  "other work"), rows)


def _waits(steps: list[dict]) -> str:
    rows = []
    for step in steps:
        calls = step["calls"]
        kinds = [calls[kind] for kind in ("instance", "stream", "refusals")]
        rows.append((f"{step['load']:g}", *(
            f"{_seconds(kind['p50_s'])} / {_seconds(kind['p90_s'])} / "
            f"{_seconds(kind['p99_s'])} ({kind['count']})"
            for kind in kinds), f"{step['cpu_s_per_answer']:.3f}",
            f"{step['peak_rss_bytes'] / _MIB:.0f} + "
            f"{step['peak_children_rss_bytes'] / _MIB:.0f}",
            str(step["most_threads"]), str(step["most_files"])))
    return table(("load", "InspectInstance, s: p50 / p90 / p99 (calls)",
                  "InspectStream", "refusal", "processor s an answered call",
                  "peak memory, MiB: burntind + decoders", "threads",
                  "open files"), rows)


def steps_text(result: dict) -> str:
    """Returns the section about rising rates."""
    steps = result["steps"]
    return "\n".join((
        _STEPS, _origin(result), _SHARED, _checks(result["checks"]),
        f"Before the first call burntind had "
        f"{result['idle_rss_bytes'] / _MIB:.0f} MiB.\n",
        "![waiting times by load](figures/load-latency.svg)",
        "![rates by load](figures/load-throughput.svg)",
        "![memory by load](figures/load-memory.svg)\n",
        _rates(steps), _waits(steps)))


def beside_text(result: dict) -> str:
    """Returns the section about small requests beside a cine."""
    rows = [(name, str(result[kind]["requests"]),
             _seconds(result[kind]["p50_s"]), _seconds(result[kind]["p99_s"]))
            for name, kind in (("by themselves", "alone"),
                               ("beside the cine", "beside"))]
    ratio = result["beside"]["p99_s"] / result["alone"]["p99_s"]
    return "\n".join((
        _BESIDE.format_map(result), _origin(result), _checks(result["checks"]),
        table(("small requests", "number", "p50, s", "p99, s"), rows),
        f"99 of 100 wait {ratio:.2f} times as long as without the cine, which "
        f"took {result['cine_s']:.0f} s beside them. Cines sent, one after the "
        f"other: {len(result['cine_codes'])}.\n"))


def _growth(result: dict) -> str:
    rows = []
    for field, name, unit in (
            ("rss_bytes", "resident memory of burntind, MiB", _MIB),
            ("children_rss_bytes", "of its decoders, MiB", _MIB),
            ("threads", "threads", 1), ("files", "open files", 1),
            ("children", "processes it started", 1)):
        rows.append((name, *(f"{number / unit:.0f}" for number in (
            result["after_warm_up"][field], result["at_end"][field])),
            *(f"{result[slopes][field] / unit:+.1f}" for slopes in (
                "slopes_per_hour", "slopes_per_hour_second_half"))))
    return table(("", "after the warm-up, idle", "at the end, idle",
                  "slope an hour", "slope an hour, second half"), rows)


def soak_text(result: dict) -> str:
    """Returns the section about faults."""
    plan = result["plan"]
    faults = table(("fault", "times"), [
        (name, str(count)) for name, count in result["faults"].items()])
    ends = table(("who", "ended", "times"), [
        (one["activity"], one["end"], str(one["count"]))
        for one in result["ends"]])
    told = "".join(f"- {what}\n" for what in result["violations"])
    return "\n".join((
        _SOAK, _origin(result),
        f"Warm-up {plan['warm_up_s'] / 60:.3g} minutes, then "
        f"{plan['main_s'] / 60:.3g} minutes. {result['decided']} decisions were "
        f"answered and {result['kept']} cases kept. The machine was shared "
        "with other work.\n",
        _checks(result["checks"]), told,
        "![memory by time](figures/load-soak.svg)\n", _growth(result),
        "### What went wrong on purpose\n", faults,
        "### How calls ended\n", ends))


def write_page(out: pathlib.Path) -> pathlib.Path:
    """Writes load.md and its figures from the results that are in `out`."""
    figures = out / "figures"
    figures.mkdir(parents=True, exist_ok=True)
    text = _HEAD
    if steps := read_json(out, STEPS_FILE):
        load_figures.draw_latency(steps, figures / "load-latency.svg")
        load_figures.draw_throughput(steps, figures / "load-throughput.svg")
        load_figures.draw_memory(steps, figures / "load-memory.svg")
        text += steps_text(steps)
    if beside := read_json(out, BESIDE_FILE):
        text += beside_text(beside)
    if soak := read_json(out, SOAK_FILE):
        load_figures.draw_soak(soak, figures / "load-soak.svg")
        text += soak_text(soak)
    page = out / "load.md"
    page.write_text(text, encoding="utf-8")
    return page
