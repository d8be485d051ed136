"""Routes sessions by a protocol, with the programs as they are built."""

from __future__ import annotations

import collections
import importlib
import json
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

import grpc
import programs
from test_examples import generate_python

PROTOCOL = """
version: 1
rules:
  - name: whatever is clear
    when: {verdict: CLEAR}
    then: {to_project: HOSPITAL}
"""
CHUNK_BYTES = 1 << 20
QUARANTINE = "ROUTE_ACTION_QUARANTINE"
TO_PROJECT = "ROUTE_ACTION_TO_PROJECT"


def check(*arguments: str | Path) -> tuple[int, list[dict]]:
    """Runs `burntin protocol check`; returns its status and its lines."""
    done = subprocess.run(
        [programs.PROGRAMS / "burntin", "protocol", "check", "--format",
         "jsonl", *arguments], capture_output=True, text=True, check=False)
    return done.returncode, [json.loads(line)
                             for line in done.stdout.splitlines()]


def wait_for_event(server: programs.Server, event: str) -> None:
    """Waits until the server has logged `event`."""
    deadline = time.monotonic() + programs.START_SECONDS
    while time.monotonic() < deadline:
        if any(line["event"] == event for line in server.log_events()):
            return
        time.sleep(0.05)
    raise RuntimeError(f"burntind did not log {event} in time")


def make_submitter(identities: Path) -> str:
    """Writes a file of one identity; returns its token."""
    made = subprocess.run(
        [programs.PROGRAMS / "burntind", "token", "gateway", "--role",
         "submitter"], capture_output=True, text=True, check=True)
    entry = made.stderr.partition("\n")[2]
    identities.write_text("identities:\n" + entry)
    identities.chmod(0o600)
    return made.stdout.strip()


class Client:
    """Uploads objects and asks where their sessions go."""

    def __init__(self, address: str, token: str) -> None:
        self.metadata = (("authorization", f"Bearer {token}"),)

        def module(name: str):
            return importlib.import_module(f"burntin.v1.{name}")

        self.detection = module("detection_service_pb2")
        self.routing = module("routing_service_pb2")
        channel = grpc.insecure_channel(
            address, [("grpc.enable_http_proxy", 0)])
        self.inspector = module(
            "detection_service_pb2_grpc").DetectionServiceStub(channel)
        self.router = module(
            "routing_service_pb2_grpc").RoutingServiceStub(channel)

    def inspect(self, file: Path):
        """Uploads a file and returns its report."""
        message = self.detection.InspectInstanceRequest
        data = file.read_bytes()
        header = self.detection.InstanceHeader(file_size_bytes=len(data))
        chunks = [message(chunk=data[start:start + CHUNK_BYTES])
                  for start in range(0, len(data), CHUNK_BYTES)]
        return self.inspector.InspectInstance(
            iter([message(header=header), *chunks]), timeout=120,
            metadata=self.metadata).report

    def decide(self, reports: list) -> tuple[str, list[str]]:
        """Returns the action for a session, and the codes of its reasons."""
        response = self.router.DecideSession(
            self.routing.DecideSessionRequest(
                study_instance_uid=reports[0].study_instance_uid,
                instances=[self.routing.InstanceRef(
                    sop_instance_uid=report.sop_instance_uid)
                           for report in reports]), timeout=60,
            metadata=self.metadata)
        decision = response.decision
        return (self.routing.RouteAction.Name(decision.action),
                [reason.code for reason in decision.reasons])


class RoutingTest(unittest.TestCase):
    """The server and the command line decide alike."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        self.protocol = self.root / "protocol.yaml"
        self.protocol.write_text(PROTOCOL)
        truth = programs.make_samples(self.root / "samples", "--preset",
                                      "demo")
        named = [sample for sample in truth if sample["identifying"]]
        others = [sample for sample in truth if not sample["identifying"]]
        self.files = [self.root / "samples" / sample["path"]
                      for sample in named[:3] + others[:4]]
        generate_python(self.root)
        sys.path.insert(0, str(self.root))
        self.addCleanup(sys.path.remove, str(self.root))

    def test_the_server_decides_as_a_check_says(self) -> None:
        status, lines = check("--protocol", self.protocol, "--inspect",
                              "--models", programs.MODELS, *self.files)
        self.assertEqual(status, 1)
        expected = {line["studyInstanceUid"]: line["decision"]["action"]
                    for line in lines}
        self.assertEqual(set(expected.values()), {QUARANTINE, TO_PROJECT})
        identities = self.root / "identities.yaml"
        token = make_submitter(identities)
        config = (f"identity: {{file: {identities}}}\n"
                  f"routing: {{protocol_file: {self.protocol}, "
                  "reload_interval_seconds: 1}\n")
        with programs.running_server(self.root, config) as server:
            programs.wait_until_serving(server)
            client = Client(server.address, token)
            sessions = collections.defaultdict(list)
            for file in self.files:
                report = client.inspect(file)
                sessions[report.study_instance_uid].append(report)
            self.assertEqual(
                {study: client.decide(reports)[0]
                 for study, reports in sessions.items()}, expected)
            clear = next(reports for study, reports in sessions.items()
                         if expected[study] == TO_PROJECT)
            self.protocol.write_text("version: 1\n")
            wait_for_event(server, "protocol_broken")
            self.assertEqual(client.decide(clear),
                             (TO_PROJECT,
                              ["PROTOCOL_RULE", "PROTOCOL_OUTDATED"]))
            self.protocol.unlink()
            wait_for_event(server, "protocol_missing")
            self.assertEqual(client.decide(clear),
                             (QUARANTINE, ["PROTOCOL_MISSING"]))

    def test_by_headers_alone_nothing_goes_out(self) -> None:
        status, lines = check("--protocol", self.protocol, *self.files)
        self.assertEqual(status, 1)
        self.assertGreater(len(lines), 1)
        for line in lines:
            self.assertEqual(line["decision"]["action"],
                             "ROUTE_ACTION_INSPECT_FIRST")
            self.assertEqual(line["decisionIfClear"]["targetProject"],
                             "HOSPITAL")


if __name__ == "__main__":
    unittest.main()
