"""What cines and series cost, all methods in turn on the same files."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from .answers import BURNTIN, DECODE, EVERY_FRAME, ONLY_NEW, Answer
from .cines import compare
from .kept import Kept
from .long_files import Subject
from .measuring import Measurer
from .sources import SourceError

WAYS = (BURNTIN, ONLY_NEW, EVERY_FRAME)
PSM11 = "tesseract-psm11"


@dataclass
class Cost:
    """What one method took for all files of a subject in one run, CPU ms."""

    frames: int = 0  # that it looked at
    cpu_ms: float = 0
    open_ms: float = 0
    stages_ms: dict[str, float] = field(default_factory=dict)
    verdicts: dict[str, int] = field(default_factory=dict)
    findings: int = 0
    # Beside looking at every frame: files of another verdict, of a lower one,
    # and findings that are missing or more.
    differ: int = 0
    lower: int = 0
    missed: int = 0
    added: int = 0

    def add(self, answer: Answer, oracle: Answer) -> None:
        """Adds a file."""
        self.frames += answer.frames
        self.cpu_ms += answer.cpu_ms
        self.open_ms += answer.open_ms
        for stage, taken in answer.stages_ms.items():
            self.stages_ms[stage] = self.stages_ms.get(stage, 0) + taken
        if not answer.is_burntin:
            return
        self.verdicts = dict(Counter(self.verdicts)
                             + Counter({answer.verdict: 1}))
        self.findings += len(answer.texts)
        compared = compare("", "", answer, oracle)
        self.differ += compared.differs
        self.lower += compared.lower
        self.missed += len(compared.missed)
        self.added += len(compared.added)

    @property
    def work_ms(self) -> float:
        """Without opening and decoding."""
        return max(0.0, self.cpu_ms - self.open_ms
                   - self.stages_ms.get("decode", 0))


@dataclass(frozen=True)
class Costs:
    """A subject and what each method took for it, run by run."""

    subject: Subject
    runs: tuple[dict[str, Cost], ...]

    def whole_ms(self, run: dict[str, Cost], method: str) -> float:
        """Returns the CPU time of everything, for all frames.

        Tesseract's is that of reading, brought from the frames that it was
        asked about to all, and of decoding by DCMTK alone: the decoder that it
        is measured with also does what only burntin needs.
        """
        cost = run[method]
        if method == PSM11:
            return self.reading_ms(run) + run[DECODE].cpu_ms
        return cost.cpu_ms

    def reading_ms(self, run: dict[str, Cost]) -> float:
        """Returns Tesseract's CPU time for reading all frames."""
        cost = run[PSM11]
        return (cost.stages_ms["recognize"] * self.subject.frames
                / max(1, cost.frames))

    def work_ms(self, run: dict[str, Cost], method: str) -> float:
        """Returns the CPU time without opening and decoding."""
        return (self.reading_ms(run) if method == PSM11
                else run[method].work_ms)

    def per_frame_ms(self, cost: Callable[[dict[str, Cost]], float]) -> float:
        """Returns the median over the runs, for a frame."""
        return statistics.median(map(cost, self.runs)) / self.subject.frames


@dataclass(frozen=True)
class Ratio:
    """A CPU time over another, in each run of the same files."""

    values: tuple[float, ...]

    @property
    def median(self) -> float:
        """Over the runs."""
        return statistics.median(self.values)

    @property
    def text(self) -> str:
        """The median, and what lies farthest from it either way."""
        if len(self.values) == 1:
            return f"{self.median:.2f}"
        return (f"{self.median:.2f} ({min(self.values):.2f}–"
                f"{max(self.values):.2f})")


def ratio(costs: Costs, over: str, under: str,
          whole: bool = True) -> Ratio:
    """Returns how many times as long as `under` the method `over` takes."""
    cost = costs.whole_ms if whole else costs.work_ms
    return Ratio(tuple(cost(run, over) / max(cost(run, under), 1e-6)
                       for run in costs.runs))


def _asked(stride: int | None) -> list[str]:
    """Returns what burntin-measure is asked; Tesseract last, to be turned."""
    methods = [DECODE, *WAYS]
    if stride is not None:
        methods.append(PSM11 if stride == 1 else f"{PSM11}/{stride}")
    return methods


def _refuse_partial(answer: Answer, subject: Subject, path: str) -> None:
    """Raises SourceError unless the method went through the whole file."""
    if answer.error:
        raise SourceError(f"{path}: {answer.method} answered {answer.error}")
    frames = subject.frames // len(subject.paths)
    _, _, stride = answer.method.partition("/")
    wanted = -(-frames // int(stride or 1))
    if answer.frames != wanted:
        raise SourceError(f"{path}: {answer.method} went through "
                          f"{answer.frames} of {wanted} frames")


def _measure_run(subject: Subject, methods: Sequence[str], run: int,
                 measurer: Measurer, warm_up: str) -> dict[str, Cost]:
    """Asks all methods about each file in turn. The first is another one from
    file to file and from run to run."""
    measurer.ask(warm_up, methods)
    costs = {method.partition("/")[0]: Cost() for method in methods}
    for number, path in enumerate(subject.paths):
        turn = (number + run) % len(methods)
        lines = measurer.ask(path, [*methods[turn:], *methods[:turn]])
        answers = {line["method"].partition("/")[0]: Answer.from_json(line)
                   for line in lines}
        for answer in answers.values():
            _refuse_partial(answer, subject, path)
        for method, answer in answers.items():
            costs[method].add(answer, answers[EVERY_FRAME])
    return costs


def measure_costs(subject: Subject, stride: int | None, runs: int, kept: Kept,
                  make_measurer: Callable[[], Measurer], warm_up: str,
                  said: Callable[[str], None]) -> Costs:
    """Measures a subject `runs` times, each in a process of its own, so that
    nothing is remembered from the run before.

    `stride`: Tesseract is asked about each so-manieth frame; None: not at all.
    """
    methods = _asked(stride)

    def measured(run: int) -> dict:
        with make_measurer() as measurer:
            costs = _measure_run(subject, methods, run, measurer, warm_up)
        return {method: vars(cost) for method, cost in costs.items()}

    taken = []
    for run in range(runs):
        name = (f"{subject.name}, {subject.frames} frames, stride {stride}, "
                f"run {run + 1}")
        found = kept.get(name, lambda run=run: measured(run))
        taken.append({method: Cost(**cost) for method, cost in found.items()})
        said(f"{name} done")
    return Costs(subject, tuple(taken))
