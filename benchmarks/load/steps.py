"""Offers a server more and more calls, to three times what it can answer."""

from __future__ import annotations

import pathlib
import random
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from . import places
from .arrivals import Call, Mix, draw_call, open_loop
from .driving import make_calls
from .processes import (Watch, cpu_seconds, machine_busy_seconds, read)
from .summary import Calls, quiet_answers, summed_up

# Offered calls over the calls that the server can answer.
LOADS = (.25, .5, .75, .9, 1.0, 1.25, 1.5, 2.0, 3.0)
# Few, so that a step soon fills them on a slow machine too.
MAX_CALLS = 8
_WATCH_PERIOD_S = .2
_BLOCK_CALLS = 16
_CAPACITY_SHARE = .4  # of a step's time, for the measurement before it


@dataclass(frozen=True)
class Step:
    """One rate of arrivals and what came of it."""

    load: float  # offered over capacity
    capacity_calls_per_s: float  # measured just before
    calls: Calls
    peak_rss_bytes: int
    peak_children_rss_bytes: int
    most_threads: int
    most_files: int
    server_cores: float  # processors that the server used, until all had ended
    cpu_s_per_answer: float  # of the server, for a call that it answered
    client_cores: float
    other_cores: float   # what everything else used


@dataclass(frozen=True)
class Measured:
    """All steps on one server."""

    idle_rss_bytes: int  # before the first call
    quiet_files: int
    steps: list[Step]


def measure_quiet(address: str, mix: Mix) -> dict[str, str]:
    """Returns the digest of each file's report; each is asked for twice, one
    call at a time."""
    calls = [Call(0, (file,)) for _ in range(2) for file in mix.all_files]
    return quiet_answers(calls, make_calls(address, calls, in_flight=1).ended)


def measure_capacity(address: str, mix: Mix, seconds: float,
                     quiet: Mapping[str, str]) -> float:
    """Returns how many calls a second are answered while some always wait.

    Measured by blocks of calls until `seconds` are over.
    """
    dice = random.Random("capacity")
    answered, start = 0, time.monotonic()
    while (spent := time.monotonic() - start) < seconds:
        calls = [draw_call(0, mix, dice) for _ in range(_BLOCK_CALLS)]
        ended = make_calls(address, calls, MAX_CALLS).ended
        block = summed_up(calls, ended, 1, quiet)
        if block.accepted != len(calls) or block.wrong_answers:
            raise RuntimeError("calls failed that were not too many: "
                               f"{block.failed}, {block.wrong_answers} wrong")
        answered += len(calls)
    return answered / spent


def measure_step(server: places.Server, mix: Mix, load: float, seconds: float,
                 quiet: Mapping[str, str]) -> Step:
    """Offers calls for so many seconds, and waits for all. What the server can
    answer is measured first: on a shared machine it changes."""
    process = server.process.pid
    capacity = measure_capacity(server.address, mix,
                                _CAPACITY_SHARE * seconds, quiet)
    calls = open_loop(load * capacity, seconds, mix,
                      random.Random(f"step-{load}"))
    before = (time.monotonic(), cpu_seconds(process), machine_busy_seconds())
    with Watch(process, _WATCH_PERIOD_S) as watch:
        driven = make_calls(server.address, calls)
    spent = time.monotonic() - before[0]
    server_s = cpu_seconds(process) - before[1]
    busy_s = machine_busy_seconds() - before[2]
    seen = watch.readings
    summary = summed_up(calls, driven.ended, seconds, quiet)
    return Step(
        load=load, capacity_calls_per_s=capacity, calls=summary,
        peak_rss_bytes=max(one.rss_bytes for one in seen),
        peak_children_rss_bytes=max(one.children_rss_bytes for one in seen),
        most_threads=max(one.threads for one in seen),
        most_files=max(one.files for one in seen),
        server_cores=server_s / spent,
        cpu_s_per_answer=server_s / max(summary.accepted, 1),
        client_cores=driven.client_cpu_s / spent,
        other_cores=max(busy_s - server_s - driven.client_cpu_s, 0) / spent)


def measure(folder: pathlib.Path, mix: Mix, loads: Sequence[float],
            seconds: float, say: Callable[[str], None]) -> Measured:
    """Runs a server in `folder` and a step on it for each load."""
    config = f"server: {{max_calls: {MAX_CALLS}}}\n" + places.NO_CACHE
    with places.running_server(folder, config, "info") as server:
        places.wait_until_serving(server)
        idle_rss_bytes = read(server.process.pid).rss_bytes
        quiet = measure_quiet(server.address, mix)
        say(f"{len(quiet)} files have one answer each")
        steps = []
        for load in loads:
            step = measure_step(server, mix, load, seconds, quiet)
            say(f"load {load:g} of {step.capacity_calls_per_s:.2f} calls a "
                f"second: {step.calls}")
            steps.append(step)
    return Measured(idle_rss_bytes, len(quiet), steps)


# What has to be true of a server that is offered more than it can answer.
FLAT_SHARE = .8        # of what it can answer, at every load from 1.25
PROMPT_P99_S = 1.0     # until a refusal
MEMORY_GROWTH = 1.25   # of the peak, over that at the first load from 1.25


def judged(measured: Measured) -> dict[str, bool]:
    """Returns what has to be true, and whether it is."""
    steps = measured.steps
    over = [step for step in steps if step.load >= 1.25]
    peaks = [step.peak_rss_bytes + step.peak_children_rss_bytes
             for step in over]
    waits = [step.calls.refusals.p99_s for step in over
             if step.calls.refused]
    return {
        "every arrival is accounted for once":
            all(step.calls.accounted for step in steps),
        "every answer equals the quiet one":
            all(step.calls.wrong_answers == 0 for step in steps),
        "what is too much is refused with RESOURCE_EXHAUSTED, "
        "and nothing fails in another way":
            all(not step.calls.failed for step in steps)
            and steps[-1].calls.refused > 0,
        f"beyond saturation at least {FLAT_SHARE:.0%} of what can be answered "
        "is":
            all(step.calls.answered_calls_per_s
                >= FLAT_SHARE * step.capacity_calls_per_s for step in over),
        f"99 of 100 refusals come within {PROMPT_P99_S:g} s":
            bool(waits) and max(waits) <= PROMPT_P99_S,
        "once saturated, memory stays below "
        f"{MEMORY_GROWTH:g} times that, whatever more is offered":
            len(peaks) > 1 and max(peaks) <= MEMORY_GROWTH * peaks[0],
    }
