"""Routes sessions by a protocol, with the programs as they are built."""

from __future__ import annotations

import collections
import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import programs
import site_of_burntind as site
from test_examples import generate_python

PROTOCOL = """
version: 1
rules:
  - name: whatever is clear
    when: {verdict: CLEAR}
    then: {to_project: HOSPITAL}
"""
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
    site.wait_until(
        lambda: any(line["event"] == event for line in server.log_events()),
        f"burntind logs {event}")


def make_submitter(identities: Path) -> str:
    """Writes a file of one identity; returns its token."""
    return site.make_identities(identities, {"gateway": ["submitter"]})[
        "gateway"]


class Client(site.Caller):
    """Uploads objects and asks where their sessions go."""

    def route(self, reports: list) -> tuple[str, list[str]]:
        """Returns the action for a session, and the codes of its reasons."""
        decision = self.decide_at(None, reports).decision
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
                {study: client.route(reports)[0]
                 for study, reports in sessions.items()}, expected)
            clear = next(reports for study, reports in sessions.items()
                         if expected[study] == TO_PROJECT)
            self.protocol.write_text("version: 1\n")
            wait_for_event(server, "protocol_broken")
            self.assertEqual(client.route(clear),
                             (TO_PROJECT,
                              ["PROTOCOL_RULE", "PROTOCOL_OUTDATED"]))
            self.protocol.unlink()
            wait_for_event(server, "protocol_missing")
            self.assertEqual(client.route(clear),
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
