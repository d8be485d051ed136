"""Kills a batch at random, and shows that nothing is lost or done again.

Makes small objects, runs one batch over them without a stop and one that is
killed by SIGKILL at random moments, compares what both export byte by byte, and
times planning and resuming for several sizes. benchmarks/README.md says more.
"""

from __future__ import annotations

import argparse
import collections
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
import zlib
from pathlib import Path

from benchmarks.archive import small_instances

REPOSITORY = Path(__file__).resolve().parents[2]
PROGRAM = Path(os.environ.get("BURNTIN_BIN",
                              REPOSITORY / "build/release/bin")) / "burntin"
EXPORTS = ("jsonl", "csv", "summary")
REPEATS = 5


def burntin(*arguments: str | Path) -> None:
    """Runs one command of the batch to its end."""
    subprocess.run([PROGRAM, "batch", *arguments], check=True,
                   stderr=subprocess.DEVNULL)


def cpu_seconds(*arguments: str | Path, times: int = 1) -> float:
    """Runs a command; returns its CPU time, the least of some runs.

    On a machine that is shared with other work, CPU time says more than the
    clock.
    """
    least = float("inf")
    for _ in range(times):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        status = subprocess.run([PROGRAM, *arguments],
                                stdout=subprocess.DEVNULL,
                                stderr=subprocess.DEVNULL,
                                check=False).returncode
        if status != 0:
            raise RuntimeError(f"{arguments} ended with status {status}")
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        least = min(least, after.ru_utime + after.ru_stime
                    - before.ru_utime - before.ru_stime)
    return round(least, 3)


def answered(batch: Path) -> int:
    """How many instances have an answer."""
    done = subprocess.run([PROGRAM, "batch", "status", "--json", batch],
                          capture_output=True, text=True, check=False)
    return json.loads(done.stdout)["answered"]


def export(batch: Path, folder: Path) -> list[bytes]:
    """Exports every way; returns the bytes of each file."""
    files = [folder / f"{batch.name}.{kind}" for kind in EXPORTS]
    burntin("export", batch, *(f"--{kind}={file}"
                               for kind, file in zip(EXPORTS, files)))
    return [file.read_bytes() for file in files]


def answers_by_instance(batch: Path) -> collections.Counter:
    """How often each instance was answered, by the logs themselves."""
    counts: collections.Counter = collections.Counter()
    for log in sorted((batch / "parts").iterdir()):
        for line in log.read_bytes().splitlines():
            _, kind, number, _ = line.split(b" ", 3)
            if kind in (b"r", b"g"):
                counts[log.name, int(number)] += 1
    return counts


def log_bytes(batch: Path) -> int:
    """Bytes of all answers so far, which says how far a batch is."""
    return sum(entry.stat().st_size for entry in os.scandir(batch / "parts"))


def kill_at(batch: Path, goal_bytes: int, workers: int) -> int:
    """Runs the batch until it has written so much, then kills it.

    Returns how many instances were answered then.
    """
    process = subprocess.Popen(
        [PROGRAM, "batch", "run", "-q", batch, "--workers", str(workers)],
        start_new_session=True)
    while process.poll() is None:
        if log_bytes(batch) >= goal_bytes:
            os.killpg(process.pid, signal.SIGKILL)
            break
        time.sleep(0.01)
    process.wait()
    return answered(batch)


def take_off_ends(batch: Path) -> None:
    """Takes the last line off every log, as if each had been cut off."""
    for log in (batch / "parts").iterdir():
        data = log.read_bytes()
        log.write_bytes(data[:data.rstrip(b"\n").rfind(b"\n") + 1])


def folders_of(data: Path, count: int) -> list[Path]:
    """Returns the folders that hold the first `count` instances."""
    return sorted(data.iterdir())[
        :-(-count // small_instances.FILES_PER_FOLDER)]


def time_planning(data: Path, out: Path, sizes: list[int]) -> list[dict]:
    """Times planning for each size."""
    rows = []
    for size in sizes:
        folders = folders_of(data, size)
        best = float("inf")
        for _ in range(REPEATS):
            batch = out / f"plan-{size}"
            best = min(best, cpu_seconds("batch", "plan", "-q", batch,
                                         *folders))
            shutil.rmtree(batch)
        rows.append({"instances": size, "cpu_seconds": best})
    return rows


def repeat_logs(batch: Path, whole: Path) -> None:
    """Fills a batch with the logs of another one, again and again.

    Only the first line of a log names its part and its plan.
    """
    plans = [json.loads((each / "plan.json").read_text())
             for each in (batch, whole)]
    logs = [log.read_bytes() for log in sorted((whole / "parts").iterdir())]
    parts = -(-plans[0]["instances"] // plans[0]["part_size"])
    for part in range(parts):
        head = f"p {part} 0 {plans[0]['manifest']}".encode()
        line = f"{zlib.crc32(head):08x} ".encode() + head + b"\n"
        rest = logs[part % len(logs)].split(b"\n", 1)[1]
        (batch / f"parts/{part:09}.log").write_bytes(line + rest)


def time_resuming(whole: Path, data: Path, out: Path, sizes: list[int],
                  part_size: int) -> list[dict]:
    """Times finding what is left of a batch whose parts were all cut off."""
    rows = []
    for size in sizes:
        batch = out / f"resume-{size}"
        shutil.rmtree(batch, ignore_errors=True)
        burntin("plan", "-q", "--part-size", str(part_size), batch,
                *folders_of(data, size))
        repeat_logs(batch, whole)
        take_off_ends(batch)
        if answered(batch) != size:
            raise RuntimeError("the repeated logs are not read")
        rows.append({"instances": size, "cpu_seconds": cpu_seconds(
            "batch", "status", batch, times=REPEATS)})
        shutil.rmtree(batch)
    return rows


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--text-share", type=float, default=0.1)
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    parser.add_argument("--part-size", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sizes", type=int, nargs="*", default=[])
    arguments = parser.parse_args()
    out, count = arguments.out, arguments.count
    data = out / "data"
    if not data.exists():
        small_instances.make(data, max([count, *arguments.sizes]),
                             arguments.text_share)
    report: dict = {"instances": count, "kills": arguments.kills,
                    "workers": arguments.workers,
                    "part_size": arguments.part_size}
    # Loading the program and its libraries is in every time below.
    report["start_cpu_seconds"] = cpu_seconds("--version", times=REPEATS)
    report["planning"] = time_planning(data, out, arguments.sizes)

    folders = folders_of(data, count)
    whole, killed = out / "whole", out / "killed"
    for batch in (whole, killed):
        shutil.rmtree(batch, ignore_errors=True)
        burntin("plan", "-q", "--part-size", str(arguments.part_size), batch,
                *folders)
    start = time.monotonic()
    report["uninterrupted_cpu_seconds"] = cpu_seconds(
        "batch", "run", "-q", whole, "--workers", str(arguments.workers))
    report["uninterrupted_seconds"] = time.monotonic() - start
    expected = export(whole, out)

    dice = random.Random(arguments.seed)
    cuts = sorted(dice.sample(range(log_bytes(whole)), arguments.kills))
    start = time.monotonic()
    report["answered_at_kills"] = [
        kill_at(killed, cut, arguments.workers) for cut in cuts]
    burntin("run", "-q", killed, "--workers", str(arguments.workers))
    report["interrupted_seconds"] = time.monotonic() - start
    times = answers_by_instance(killed)
    report["answered"] = len(times)
    report["answered_twice"] = sum(n > 1 for n in times.values())
    report["exports_equal"] = export(killed, out) == expected
    report["resuming"] = time_resuming(whole, data, out, arguments.sizes,
                                       arguments.part_size)
    print(json.dumps(report, indent=2))
    good = (report["exports_equal"] and len(times) == count
            and not report["answered_twice"])
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
