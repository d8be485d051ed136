"""What callers do all day: inspect, stream, route, review, report.

Each class is one kind of caller. `once` does one thing, checks the answer and
notes how it ended; it serves one thread.
"""

from __future__ import annotations

import hashlib
import json
import os
import pathlib
import random
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping

import grpc

from ..archive import small_instances
from . import places
from .callers import SoakCaller
from .arrivals import Mix
from .notes import BUSY, NO_LEDGER, Decided, Notes

# When a process that decodes was killed: while it decoded, while it started.
_CRASHED = ("DECODER_CRASHED", "INTERNAL_FAILURE")
_GIVE_UP_S = 120  # until a ledger that was restarted has to answer again
_PAUSE_S = .2
_STREAM_OBJECTS = 6
QUARANTINE, HOSPITAL = "QUARANTINE", "HOSPITAL"


def bare(report) -> bytes:
    """Returns a report without what differs from run to run."""
    copy = type(report)()
    copy.CopyFrom(report)
    copy.ClearField("timings")
    copy.ClearField("from_cache")
    copy.path = ""
    return copy.SerializeToString(deterministic=True)


def crash_of(report) -> str:
    """Returns the reason by which a report says that a process was killed;
    empty without."""
    return next((reason.code for reason in report.reasons
                 if reason.code in _CRASHED), "")


def judge_report(report, quiet: bytes) -> str | None:
    """Returns how an object was answered; None if as it must not be.

    Its answer is the quiet one, unless the process that decoded it was killed:
    then it says so, and is neither clear nor said to be inspected in full.
    """
    if bare(report) == quiet:
        return "as when quiet"
    why = crash_of(report)
    if why and not report.inspected_in_full and report.verdict in (3, 4):
        return f"not inspected in full: {why}"
    return None


class Worker:
    """Calls as one identity, with a connection of its own."""

    activity = ""
    pause_s = 0.0  # between two things, in the mean

    def __init__(self, caller: SoakCaller, notes: Notes,
                 dice: random.Random) -> None:
        self.caller, self.notes, self.dice = caller, notes, dice

    def once(self) -> None:
        """Does one thing."""
        raise NotImplementedError

    def ended(self, how: str) -> None:
        """Notes how it ended."""
        self.notes.ended(self.activity, how)

    def check(self, name: str, report, quiet: bytes) -> None:
        """Checks a report."""
        how = judge_report(report, quiet)
        if how is None:
            self.notes.broken(f"{self.activity}: {name} has another answer: "
                              f"verdict {report.verdict}, reasons "
                              f"{[one.code for one in report.reasons]}")
        else:
            self.ended(how)

    def insist(self, call: Callable[[], object]):
        """Calls until it succeeds, while the ledger or room is wanting.

        Returns None when something else went wrong, which is noted.
        """
        deadline = time.monotonic() + _GIVE_UP_S
        while time.monotonic() < deadline:
            try:
                return call()
            except grpc.RpcError as error:
                if not self.notes.failed(self.activity, error,
                                         {BUSY, NO_LEDGER}):
                    return None
            time.sleep(self.dice.uniform(0, 2 * _PAUSE_S))
        self.notes.broken(f"{self.activity}: gave up")
        return None


class Inspecting(Worker):
    """InspectInstance of any file."""

    activity = "InspectInstance"

    def __init__(self, caller, notes, dice, mix: Mix,
                 quiet: Mapping[pathlib.Path, bytes]) -> None:
        super().__init__(caller, notes, dice)
        self.mix, self.quiet = mix, quiet

    def once(self) -> None:
        file = self.mix.draw(self.dice)
        try:
            report = self.caller.inspect(file)
        except grpc.RpcError as error:
            self.notes.failed(self.activity, error, {BUSY})
            return
        self.check(file.name, report, self.quiet[file])


class Streaming(Inspecting):
    """InspectStream of several files."""

    activity = "InspectStream"

    def once(self) -> None:
        files = [self.mix.draw(self.dice) for _ in range(_STREAM_OBJECTS)]
        answered, sessions = {}, 0
        try:
            for response in self.caller.stream(files):
                if response.event.HasField("session"):
                    sessions += 1
                elif response.request_id in answered:
                    self.notes.broken("InspectStream: answered twice")
                else:
                    answered[response.request_id] = response.event.instance
        except grpc.RpcError as error:
            self.notes.failed(self.activity, error, {BUSY})
        else:
            if len(answered) != len(files) or not sessions:
                self.notes.broken(f"InspectStream: {len(answered)} of "
                                  f"{len(files)} objects answered, "
                                  f"{sessions} sessions")
        for number, report in answered.items():
            file = files[int(number)]
            self.check(file.name, report, self.quiet[file])


class Routing(Worker):
    """Small sessions, each of a study of its own, inspected and decided."""

    activity = "DecideSession"
    _OBJECTS = 2

    def __init__(self, caller, notes, dice, first: int) -> None:
        super().__init__(caller, notes, dice)
        self._number = first

    def once(self) -> None:
        self._number += 1
        named = self.dice.random() < .7
        reports = []
        with tempfile.TemporaryDirectory() as folder:
            for file in write_session(pathlib.Path(folder), self._number,
                                      self._OBJECTS, named):
                report = self.insist(lambda f=file: self.caller.inspect(f))
                if report is None:
                    return
                reports.append(report)
        # By their own names: what was not opened has none in its report.
        answer = self.insist(lambda: self.caller.decide(
            f"E{self._number}", "PID", [Named(self._number, index)
                                        for index in range(self._OBJECTS)]))
        if answer is not None:
            self.check_decision(reports, named, answer)

    def check_decision(self, reports, named: bool, answer) -> None:
        """A session goes out only if all of it was found clear."""
        crashed = any(map(crash_of, reports))
        out = answer.decision.target_project == HOSPITAL
        # A session that was let out is recorded and has no case, unless it is
        # to be moved first.
        if (not answer.decision.decision_id or out == (named or crashed)
                or (not out and not answer.case_id)):
            self.notes.broken(
                f"DecideSession: named {named}, crashed {crashed}, to "
                f"{answer.decision.target_project}, verdicts "
                f"{[report.verdict for report in reports]}, reasons "
                f"{[one.code for one in answer.decision.reasons]}")
            return
        self.ended("let out" if out else "held")
        self.notes.remember(Decided(answer.decision.decision_id,
                                    answer.case_id if not out else ""))


class Reviewing(Worker):
    """Cases looked at: their evidence is shown, and some are kept."""

    activity = "GetEvidence, KeepCase"
    pause_s = .3

    def once(self) -> None:
        held = [one for one in self.notes.some_decided() if one.case_id]
        if not held:
            time.sleep(_PAUSE_S)
            return
        case_id = self.dice.choice(held).case_id
        case = self.insist(lambda: self.caller.get_case(case_id))
        if case is None:
            return
        for finding in case.findings:
            self.look(case_id, finding)
        if self.dice.random() < .3 and case_id not in self.notes.kept:
            self.keep(case)
        self.insist(lambda: self.caller.ask("ListCases", page_size=20))

    def look(self, case_id: str, finding) -> None:
        """Looks at a finding's picture."""
        none = ("FAILED_PRECONDITION", "EVIDENCE_UNAVAILABLE")
        if not finding.HasField("region"):
            return  # not inspected in full; it has no picture
        try:
            shown = self.caller.ask("GetEvidence", case_id=case_id,
                                    finding_id=finding.finding_id)
        except grpc.RpcError as error:
            self.notes.failed(self.activity, error, {BUSY, NO_LEDGER, none})
            return
        if hashlib.sha256(shown.png).hexdigest() != shown.evidence_sha256:
            self.notes.broken("GetEvidence: not the picture that it names")
        self.ended("picture shown")

    def keep(self, case) -> None:
        """Keeps a case; a repeat after an error does nothing twice."""
        request_id = f"keep-{case.case_id}"
        decided = ("FAILED_PRECONDITION", "CASE_ALREADY_DECIDED")

        def call():
            try:
                return self.caller.ask(
                    "KeepCase", case_id=case.case_id, etag=case.etag,
                    reason="Looked at.", request_id=request_id)
            except grpc.RpcError as error:
                if decided[1] in str(error.trailing_metadata()):
                    return None
                raise
        answer = self.insist(call)
        if answer is not None:
            self.notes.remember_kept(case.case_id, request_id)
            self.ended("case kept")


class Reporting(Worker):
    """`burntin session`, which writes the reports of a session."""

    activity = "burntin session"

    def __init__(self, caller, notes, dice, address: str, token: str) -> None:
        super().__init__(caller, notes, dice)
        self._environment = os.environ | {
            "BURNTIN_SERVER": address, "BURNTIN_TOKEN": token,
            "BURNTIN_PROJECT": QUARANTINE, "BURNTIN_SESSION_LABEL": "PID"}

    def once(self) -> None:
        number = 900_000_000 + self.dice.randrange(1_000_000)
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            (folder / "in").mkdir()
            (folder / "out").mkdir()
            list(write_session(folder / "in", number, 2, named=True))
            done = subprocess.run(
                [places.PROGRAMS / "burntin", "session", "--input",
                 folder / "in", "--output", folder / "out", "--timeout", "60"],
                env=self._environment | {"BURNTIN_EXPERIMENT": f"E{number}"},
                capture_output=True, text=True, check=False)
            if done.returncode == 2 and done.stderr.strip():
                self.ended("status 2: "
                           + done.stderr.strip().splitlines()[-1][:80])
                return
            report = folder / "out/report.json"
            if done.returncode != 1 or not report.exists():
                self.notes.broken(f"burntin session: {done.returncode}")
                return
            decided = json.loads(report.read_text())["decided"]
            self.ended("held, reports written")
            self.notes.remember(Decided(decided["decision"]["decisionId"],
                                        decided["caseId"]))


class Named:
    """How an object of `write_session` is named."""

    def __init__(self, number: int, index: int) -> None:
        self.study_instance_uid, self.sop_instance_uid = (
            small_instances.numbered(uid, value)[1].decode()
            for uid, value in ((small_instances.STUDY_UID, number),
                               (small_instances.INSTANCE_UID,
                                number * 100 + index)))


def write_session(folder: pathlib.Path, number: int, objects: int,
                  named: bool) -> Iterator[pathlib.Path]:
    """Writes the objects of a study of its own and yields their files."""
    for index in range(objects):
        with_name = named and index == 0
        data = small_instances.template(number % 7 + 2,
                                        "DOE JANE" if with_name else "")
        for uid, value in ((small_instances.STUDY_UID, number),
                           (small_instances.SERIES_UID, number),
                           (small_instances.INSTANCE_UID,
                            number * 100 + index)):
            data = data.replace(*small_instances.numbered(uid, value))
        file = folder / f"{index}.dcm"
        file.write_bytes(data)
        yield file
