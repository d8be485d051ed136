"""CPU time, burntin's and its peers', in turn on the same files."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from .answers import BURNTIN, Answer
from .dimensions import bin_names
from .labels import Labelled
from .measuring import Measurer
from .running import Plan, ask

SIZES = (.3, .6, 1.0, 2.0)  # megapixels of a frame

# As they follow each other; "rest" has no name in the answers.
STAGES = ("open", "decode", "candidates", "detect", "recognize", "match",
          "rest")


@dataclass(frozen=True)
class Timed:
    """A file and what every method took for it, once for each run."""

    labelled: Labelled
    runs: tuple[dict[str, Answer], ...]

    @property
    def frames(self) -> int:
        """Frames that were looked at."""
        return max(1, self.labelled.frames)

    def median_ms(self, method: str,
                  cost: Callable[[Answer], float]) -> float:
        """Returns the median over the runs of a cost for each frame."""
        return statistics.median(cost(run[method]) for run in self.runs
                                 ) / self.frames

    def ratio(self, peer: str, cost: Callable[[Answer], float]) -> float:
        """Returns the median over the runs of burntin's cost over a peer's."""
        return statistics.median(
            cost(run[BURNTIN]) / max(cost(run[peer]), 1e-6)
            for run in self.runs)


def work(answer: Answer) -> float:
    """CPU ms without opening the object and decoding its pixels."""
    return answer.work_ms


def whole(answer: Answer) -> float:
    """CPU ms of everything."""
    return answer.cpu_ms


def time_files(files: Sequence[Labelled], plan: Plan, runs: int,
               said: Callable[[str], None]) -> list[Timed]:
    """Asks all methods about each file in turn, `runs` times.

    Each run has a process of its own, so that nothing is remembered from the
    run before. The first file pays for loading and is not timed. The method
    that comes first changes from file to file. Files that some method cannot
    answer are left out.
    """
    methods = [BURNTIN, *plan.peers]
    first, files = files[0], files[1:]
    taken: list[list[dict[str, Answer]]] = [[] for _ in files]
    for run in range(runs):
        with Measurer(plan.models, plan.languages) as measurer:
            ask(measurer, first.path, methods)
            for i, labelled in enumerate(files):
                turn = (i + run) % len(methods)
                answers = ask(measurer, labelled.path,
                              methods[turn:] + methods[:turn])
                taken[i].append({a["method"]: Answer.from_json(a)
                                 for a in answers})
        said(f"run {run + 1} of {runs} done")
    return [Timed(labelled, tuple(answers))
            for labelled, answers in zip(files, taken)
            if not any(answer.error for run in answers
                       for answer in run.values())]


def size_of(timed: Timed) -> str:
    """Returns the name of the size of a file's frames."""
    megapixels = timed.labelled.rows * timed.labelled.columns / 1e6
    return bin_names(SIZES)[sum(megapixels >= edge for edge in SIZES)]


@dataclass(frozen=True)
class Cost:
    """What a method takes on a set of files, CPU ms."""

    per_frame: float       # median over the files
    per_megapixel: float   # of all files together
    decode_per_frame: float
    stages_per_megapixel: dict[str, float]


def cost_of(timed: Iterable[Timed], method: str) -> Cost:
    """Returns what a method takes; decoding is apart."""
    files = list(timed)
    megapixels = sum(one.labelled.megapixels for one in files)

    def total(cost: Callable[[Answer], float]) -> float:
        return sum(one.median_ms(method, cost) * one.frames for one in files)

    names = sorted({stage for one in files for run in one.runs
                    for stage in run[method].stages_ms})
    stages = {name: total(lambda a, s=name: a.stages_ms.get(s, 0))
              for name in names}
    stages["open"] = total(lambda a: a.open_ms)
    stages["rest"] = total(
        lambda a: max(0, a.cpu_ms - a.open_ms - sum(a.stages_ms.values())))
    return Cost(
        per_frame=statistics.median(one.median_ms(method, work)
                                    for one in files),
        per_megapixel=total(work) / megapixels,
        decode_per_frame=statistics.median(
            one.median_ms(method, lambda a: a.stages_ms.get("decode", 0))
            for one in files),
        stages_per_megapixel={name: sum_ / megapixels
                              for name, sum_ in stages.items()})


@dataclass(frozen=True)
class Ratio:
    """burntin's CPU time over a peer's on the same files."""

    median: float        # over the files, of medians over the runs
    of_sums: float
    with_decoding: float  # the median, decoding counted on both sides
    files: int


def ratio_to(peer: str, timed: Sequence[Timed]) -> Ratio:
    """Compares burntin with a peer."""
    ours = sum(one.median_ms(BURNTIN, work) * one.frames for one in timed)
    theirs = sum(one.median_ms(peer, work) * one.frames for one in timed)
    return Ratio(
        statistics.median(one.ratio(peer, work) for one in timed),
        ours / max(theirs, 1e-6),
        statistics.median(one.ratio(peer, whole) for one in timed),
        len(timed))
