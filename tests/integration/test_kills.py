"""Kills burntind at random points while admins release sessions, and looks
what it leaves: in the ledger, in the audit trail, and in XNAT's stand-in.

BURNTIN_KILLS says how often; default 5, because burntind loads its models for
each life. tests/server/daemon/release_kill_test.cc does the same to a process
without a detector, which starts at once.
"""

from __future__ import annotations

import collections
import concurrent.futures
import os
import random
import sys
import tempfile
import threading
import time
import unittest
from pathlib import Path

import grpc
import programs
import pydicom
import site_of_burntind as site
from pydicom.dataset import FileDataset, FileMetaDataset
from pydicom.encaps import encapsulate
from pydicom.uid import JPEGBaseline8Bit, generate_uid
from test_examples import generate_python

KILLS = int(os.environ.get("BURNTIN_KILLS", "5"))
SESSIONS_PER_KILL = 4
ADMINS = 2  # who release at the same time
LONGEST_LIFE_RELEASES = 3  # in the time that one release took
PROTOCOL = "0008,0060 Modality ALL\n0008,1090 ManufacturersModelName ALL\n"
SECONDARY_CAPTURE = "1.2.840.10008.5.1.4.1.1.7"
# How XNAT behaves while a session is moved: as it should, or worse.
FAULTS = [
    [], [],
    [{"on": "move", "commit": True, "answer": 500, "times": 2}],
    [{"on": "move", "commit": True, "answer": "cut", "times": 2}],
    [{"on": "move", "commit": False, "answer": "cut", "times": 1}],
    [{"on": "look", "answer": "cut", "times": 3}],
]


def undecodable(file: Path) -> None:
    """Writes an object of a session of its own, whose pixels are none."""
    meta = FileMetaDataset()
    meta.TransferSyntaxUID = JPEGBaseline8Bit
    meta.MediaStorageSOPClassUID = SECONDARY_CAPTURE
    meta.MediaStorageSOPInstanceUID = generate_uid()
    data = FileDataset(str(file), {}, file_meta=meta, preamble=b"\0" * 128)
    data.is_little_endian, data.is_implicit_VR = True, False
    data.SOPClassUID = SECONDARY_CAPTURE
    data.SOPInstanceUID = meta.MediaStorageSOPInstanceUID
    data.StudyInstanceUID = generate_uid()
    data.Modality, data.PatientName = "OT", "DOE^JANE"
    data.Rows = data.Columns = 8
    data.SamplesPerPixel, data.PhotometricInterpretation = 1, "MONOCHROME2"
    data.BitsAllocated = data.BitsStored = 8
    data.HighBit, data.PixelRepresentation = 7, 0
    data.PixelData = encapsulate([b"no picture"])
    data["PixelData"].is_undefined_length = True
    pydicom.dcmwrite(file, data, write_like_original=False)


class Life:
    """One life of burntind, which ends by SIGKILL."""

    def __init__(self, root: Path, config: str) -> None:
        self._server = programs.start_server(root, config)
        programs.wait_until_serving(self._server)
        self.address = self._server.address

    def kill(self) -> None:
        """Ends it at once."""
        self._server.process.kill()
        self._server.process.wait()


class KillsTest(unittest.TestCase):
    """A kill at any point of a release loses nothing."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        generate_python(self.root)
        sys.path.insert(0, str(self.root))
        self.addCleanup(sys.path.remove, str(self.root))
        self.tokens = site.make_identities(
            self.root / "identities.yaml",
            {"gateway": ["submitter"], "ann": ["admin"]})
        self.random = random.Random(1)
        self.lives = collections.Counter()

    def hold_sessions(self, address: str, count: int) -> list[str]:
        """Has so many sessions held; returns their cases."""
        gateway = site.Caller(address, self.tokens["gateway"])
        file = self.root / "object.dcm"
        cases = []
        for number in range(count):
            undecodable(file)
            decided = gateway.decide(f"E{number}", f"PID {number}",
                                     [gateway.inspect(file)])
            cases.append(decided.case_id)
        return cases

    def release_until_killed(self, life: Life, cases: list[str],
                             stub: site.Stub) -> None:
        """Admins release the cases until the server is killed."""
        stub.control("faults", self.random.choice(FAULTS))
        ann = site.Caller(life.address, self.tokens["ann"])
        lock, left = threading.Lock(), list(cases)
        begun, dead = threading.Event(), threading.Event()

        def work() -> None:
            while not dead.is_set():
                with lock:
                    if not left:
                        return
                    case_id = left.pop(0)
                try:
                    case = ann.get_case(case_id)
                    begun.set()
                    ann.release(case, f"r-{case_id}-{case.etag}", {})
                    self.lives["answered"] += 1
                except grpc.RpcError:
                    self.lives["not answered"] += 1

        with concurrent.futures.ThreadPoolExecutor(ADMINS) as pool:
            working = [pool.submit(work) for _ in range(ADMINS)]
            begun.wait(programs.START_SECONDS)
            time.sleep(self.random.uniform(
                0, LONGEST_LIFE_RELEASES * self.release_seconds))
            life.kill()
            dead.set()
            for one in working:
                one.result()
        ann.channel.close()

    def time_a_release(self, address: str, case_id: str) -> None:
        """Releases one case in peace, and sees how long that takes."""
        ann = site.Caller(address, self.tokens["ann"])
        case = ann.get_case(case_id)
        begin = time.monotonic()
        ann.release(case, "r-0", {})
        self.release_seconds = time.monotonic() - begin
        ann.channel.close()

    def held(self, address: str) -> list[str]:
        """The cases that are still to be released, once it is known where
        each session is; how many were found while they moved is counted."""
        ann = site.Caller(address, self.tokens["ann"])
        states = ann.quarantine
        moving = ann.pages("ListCases", "cases",
                           states=[states.CASE_STATE_RELEASING])
        self.lives["found moving"] += len(moving)
        site.wait_until(lambda: not ann.pages(
            "ListCases", "cases", states=[states.CASE_STATE_RELEASING]),
                        "it is known where each session is")
        found = [case.case_id for case in ann.pages(
            "ListCases", "cases", states=[states.CASE_STATE_HELD])]
        ann.channel.close()
        return found

    def test_no_session_is_lost_whenever_burntind_is_killed(self) -> None:
        count = KILLS * SESSIONS_PER_KILL
        world = site.world_of({f"E{i}": f"PID {i}" for i in range(count)})
        with site.running_stub(world) as stub:
            config = site.write_config(self.root, stub, PROTOCOL)
            life = Life(self.root, config)
            all_cases = self.hold_sessions(life.address, count)
            self.assertEqual(len(set(all_cases)), count)
            self.time_a_release(life.address, all_cases[0])
            left = self.held(life.address)
            for _ in range(KILLS):
                self.random.shuffle(left)
                self.release_until_killed(life, left, stub)
                stub.control("faults", [])
                verified = site.audit_verify(self.root)
                self.assertEqual(verified.returncode, 0, verified.stdout)
                life = Life(self.root, config)
                before, left = left, self.held(life.address)
                if len(left) == len(before):
                    # The machine does other work by now: live longer.
                    self.release_seconds *= 2
            ann = site.Caller(life.address, self.tokens["ann"])
            cases = ann.pages("ListCases", "cases")
            trail = ann.pages("ListAuditEvents", "audit_events")
            life.kill()
            self.assertEqual({case.case_id for case in cases},
                             set(all_cases))
            self.check(ann, cases, trail, stub.state())
        self.assertEqual(site.audit_verify(self.root).returncode, 0)

    def check(self, ann: site.Caller, cases: list, trail: list,
              state: dict) -> None:
        """What has to be true of what was left."""
        intents, moved = {}, set()
        for event in trail:
            if event.action != ann.audit.AUDIT_ACTION_MOVE_SESSION:
                continue
            if event.outcome == ann.audit.AUDIT_OUTCOME_INTENT:
                seconds = event.event_time.ToMicroseconds() / 1e6
                intents.setdefault(event.case_id, seconds)
            elif event.outcome == ann.audit.AUDIT_OUTCOME_SUCCESS:
                moved.add(event.case_id)
        commits = collections.Counter()
        first_commit = {}
        for (experiment, source, target), when in zip(
                state["commits"], state["commit_times"], strict=True):
            self.assertEqual((source, target),
                             (site.QUARANTINE, site.HOSPITAL))
            commits[experiment] += 1
            first_commit.setdefault(experiment, when)
        released = 0
        for case in cases:
            experiment = case.location.experiment_id
            project = state["projects"][experiment]
            is_out = case.state == ann.quarantine.CASE_STATE_RELEASED
            released += is_out
            self.assertEqual(project,
                             site.HOSPITAL if is_out else site.QUARANTINE)
            self.assertEqual(case.case_id in moved, is_out)
            self.assertEqual(commits[experiment], int(is_out))
            if is_out:
                # On one machine, so by one clock.
                self.assertLess(intents[case.case_id],
                                first_commit[experiment])
        print(f"{KILLS} kills: {len(cases)} cases, {released} released, "
              f"{dict(self.lives)}, {len(trail)} audit entries",
              file=sys.stderr)
        self.assertGreater(released, 1)
        self.assertGreater(self.lives["not answered"], 0)


if __name__ == "__main__":
    unittest.main()
