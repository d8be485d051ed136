"""Runs a whole site under mixed traffic while things go wrong, and looks what
it has become."""

from __future__ import annotations

import contextlib
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from . import faults, places, processes, traffic
from .arrivals import Mix
from .callers import SoakCaller
from .database import Database
from .notes import Notes

_PROTOCOL = f"""\
version: 1
rules:
  - name: whatever is clear
    when: {{verdict: CLEAR}}
    then: {{to_project: {traffic.HOSPITAL}}}
"""
_ROLES = {"gateway": ["submitter"], "ann": ["admin"]}
_WATCH_PERIOD_S = 1.0
_SETTLE_S = 5.0  # after the last call, until a reading
_STOP_S = 60


@dataclass(frozen=True)
class Plan:
    """How long, and how often things go wrong."""

    warm_up_s: float
    main_s: float
    database_period_s: float = 75.0


@dataclass
class Site:
    """A burntind with all that it needs."""

    root: pathlib.Path
    server: places.Server
    database: Database
    tokens: dict[str, str]
    mix: Mix
    quiet: Mapping[pathlib.Path, bytes]

    def caller(self, name: str) -> SoakCaller:
        """A connection of this identity."""
        return SoakCaller(self.server.address, self.tokens[name])


@dataclass(frozen=True)
class Soaked:
    """What came of a run."""

    plan: Plan
    seconds: float
    notes: Notes
    after_warm_up: processes.Reading
    at_end: processes.Reading
    readings: list[processes.Reading]  # of the main part
    checks: dict[str, bool]
    log_events: dict[str, int]  # of level warning and error


def _config(root: pathlib.Path, database: Database) -> str:
    (root / "spool").mkdir()
    return f"""\
server: {{max_calls: 20}}
{places.NO_CACHE}identity: {{file: {root}/identities.yaml}}
upload: {{spool_directory: {root}/spool, memory_bytes: 1048576}}
routing: {{protocol_file: {root}/protocol.yaml, report_memory_bytes: 8388608}}
ledger: {{database: "{database.description}"}}
evidence: {{directory: {root}/evidence}}
quarantine: {{reconcile_interval_seconds: 1}}
"""


@contextlib.contextmanager
def _running_site(root: pathlib.Path, mix: Mix) -> Iterator[Site]:
    """Runs a site in `root`, which only its owner and PostgreSQL enter."""
    (root / "protocol.yaml").write_text(_PROTOCOL)
    (root / "python").mkdir()
    places.generate_python(root / "python")
    sys.path.insert(0, str(root / "python"))
    tokens = places.make_identities(root / "identities.yaml", _ROLES)
    (root / "gateway.token").write_text(tokens["gateway"] + "\n")
    (root / "gateway.token").chmod(0o600)
    # Its socket has to be reached by its own user, in a short path.
    with tempfile.TemporaryDirectory() as folder:
        with Database(pathlib.Path(folder)) as database:
            server = places.start_server(root, _config(root, database), "info")
            try:
                places.wait_until_serving(server)
                site = Site(root, server, database, tokens, mix, {})
                site.quiet = _quiet_answers(site)
                yield site
            finally:
                if server.process.poll() is None:
                    server.process.kill()
                server.process.wait()
                sys.path.remove(str(root / "python"))


def _quiet_answers(site: Site) -> dict[pathlib.Path, bytes]:
    """The answer of each file, asked for alone."""
    caller = site.caller("gateway")
    answers = {file: traffic.bare(caller.inspect(file))
               for file in site.mix.all_files}
    caller.close()
    return answers


def _workers(site: Site, notes: Notes, part: int) -> list[traffic.Worker]:
    """Those who call in a part of the run, each with a connection."""
    def dice(number: int) -> random.Random:
        return random.Random(f"{part}-{number}")

    def gateway() -> SoakCaller:
        return site.caller("gateway")

    mix, quiet, address = site.mix, site.quiet, site.server.address
    return [
        *(traffic.Inspecting(gateway(), notes, dice(i), mix, quiet)
          for i in range(3)),
        *(traffic.Streaming(gateway(), notes, dice(10 + i), mix, quiet)
          for i in range(2)),
        *(traffic.Routing(gateway(), notes, dice(20 + i),
                          first=part * 10_000_000 + i * 1_000_000)
          for i in range(2)),
        traffic.Reviewing(site.caller("ann"), notes, dice(30)),
        traffic.Reporting(gateway(), notes, dice(40), address,
                          site.tokens["gateway"]),
        *(faults.Hasty(gateway(), notes, dice(50 + i), mix, quiet)
          for i in range(2)),
        faults.Leaving(gateway(), notes, dice(60), mix, address,
                       site.root / "gateway.token")]


def _work(worker: traffic.Worker, notes: Notes, stop: threading.Event) -> None:
    """Has a worker work until it is time to stop."""
    try:
        while not stop.wait(worker.dice.uniform(0, 2 * worker.pause_s)):
            worker.once()
    except Exception as error:  # pylint: disable=broad-except
        notes.broken(f"{worker.activity}: {type(error).__name__}: {error}")
        raise
    finally:
        worker.caller.close()


def _run_part(site: Site, notes: Notes, part: int, seconds: float,
              period_s: float) -> list[processes.Reading]:
    """Has everybody work for so long; returns the readings of that time."""
    stop, dice = threading.Event(), random.Random(f"faults-{part}")
    threads = [threading.Thread(target=_work, args=(worker, notes, stop))
               for worker in _workers(site, notes, part)]
    threads += [
        threading.Thread(target=faults.kill_decoders, args=(
            site.server, notes, random.Random(dice.random()), stop)),
        threading.Thread(target=faults.restart_database, args=(
            site.database, notes, random.Random(dice.random()), period_s,
            stop))]
    with processes.Watch(site.server.process.pid, _WATCH_PERIOD_S) as watch:
        for thread in threads:
            thread.start()
        end = time.monotonic() + seconds
        while time.monotonic() < end and site.server.process.poll() is None:
            time.sleep(.2)
        during = len(watch.readings)
        stop.set()
        for thread in threads:
            thread.join()
    return watch.readings[:during]


def _settled(site: Site) -> processes.Reading:
    """What the server takes when nobody calls any more."""
    time.sleep(_SETTLE_S)
    return processes.read(site.server.process.pid)


def _check_ledger(site: Site, notes: Notes) -> dict[str, bool]:
    """Whether all that was answered is there, once."""
    recorded = site.database.column("SELECT decision_id FROM decisions")
    in_cases = set(site.database.column(
        "SELECT d.decision_id || '/' || c.case_id FROM cases c "
        "JOIN case_decisions USING (case_number) "
        "JOIN decisions d ON d.decision_number = "
        "case_decisions.decision_number"))
    kept = set(site.database.column(
        "SELECT case_id FROM cases WHERE state = 5"))
    answered = [one.decision_id for one in notes.decided]
    resolutions = site.database.column(
        "SELECT case_id FROM resolutions JOIN cases USING (case_number)")
    verified = subprocess.run(
        [places.PROGRAMS / "burntin", "audit", "verify",
         site.database.description], capture_output=True, check=False)
    return {
        "every decision that was answered is in the ledger, once":
            bool(answered) and set(answered) <= set(recorded)
            and len(recorded) == len(set(recorded)),
        "every session that was held has its case":
            {f"{one.decision_id}/{one.case_id}" for one in notes.decided
             if one.case_id} <= in_cases,
        "every case that was kept is kept, by one resolution":
            set(notes.kept) <= kept
            and len(resolutions) == len(set(resolutions)),
        "the audit trail is whole": verified.returncode == 0}


def _stop(site: Site) -> dict[str, bool]:
    """Asks the server to stop, and looks what it leaves."""
    children = processes.children_of(site.server.process.pid)
    site.server.process.send_signal(signal.SIGTERM)
    try:
        status = site.server.process.wait(timeout=_STOP_S)
    except subprocess.TimeoutExpired:
        status = None
    return {"SIGTERM ends it with status 0": status == 0,
            "no process of its is left": not any(
                pathlib.Path(f"/proc/{child}").exists() for child in children),
            "no upload is left on the disk":
                not any((site.root / "spool").iterdir())}


def _log_events(server: places.Server) -> dict[str, int]:
    counts: dict[str, int] = {}
    for event in server.log_events():
        if event["level"] in ("warning", "error"):
            name = " ".join(filter(None, (
                event["level"], event["event"], event.get("reason"))))
            counts[name] = counts.get(name, 0) + 1
    return counts


# How much more a server may take at the end than after the warm-up.
_MORE_RSS = 1.25
_MORE_FILES = 6    # the ledger opens its connections as it needs them
_MORE_THREADS = 8  # gRPC keeps some that wait
_MOST_CHILDREN = 64  # decoders that may wait for a next object


def growth_checks(before: processes.Reading,
                  after: processes.Reading) -> dict[str, bool]:
    """Returns whether a server takes no more than it did, within reason."""
    return {
        f"resident memory grew by less than {_MORE_RSS - 1:.0%}":
            after.rss_bytes <= _MORE_RSS * before.rss_bytes,
        f"at most {_MORE_FILES} more files are open":
            after.files <= before.files + _MORE_FILES,
        f"at most {_MORE_THREADS} more threads are there":
            after.threads <= before.threads + _MORE_THREADS,
        f"at most {_MOST_CHILDREN} processes are there":
            after.children <= _MOST_CHILDREN}


def soak(root: pathlib.Path, mix: Mix, plan: Plan,
         say: Callable[[str], None]) -> Soaked:
    """Runs a site in `root`, an empty folder, as planned."""
    start = time.monotonic()
    notes = Notes()
    with _running_site(root, mix) as site:
        say(f"{len(site.quiet)} files have their quiet answer")
        _run_part(site, notes, 1, plan.warm_up_s, plan.database_period_s)
        before = _settled(site)
        say(f"after the warm-up: {before}")
        readings = _run_part(site, notes, 2, plan.main_s,
                             plan.database_period_s)
        after = _settled(site)
        say(f"at the end: {after}")
        checks = {"every answer is the quiet one or says why not":
                  not notes.violations_total,
                  "burntind never ended": site.server.process.poll() is None}
        checks |= _check_ledger(site, notes)
        checks |= growth_checks(before, after)
        checks |= _stop(site)
        events = _log_events(site.server)
    return Soaked(plan, time.monotonic() - start, notes, before, after,
                  readings, checks, events)


def slope_per_hour(points: Sequence[tuple[float, float]]) -> float:
    """Returns how fast the second value grows with the first, seconds, by
    least squares; for one hour. 0 for fewer than two moments."""
    if len({at for at, _ in points}) < 2:
        return 0.0
    mean_at = sum(at for at, _ in points) / len(points)
    mean = sum(value for _, value in points) / len(points)
    spread = sum((at - mean_at) ** 2 for at, _ in points)
    return 3600 * sum((at - mean_at) * (value - mean)
                      for at, value in points) / spread
