"""`burntin session` against a real burntind, as a container would run it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import programs
from test_routing import PROTOCOL, make_submitter

sys.path.insert(0, str(programs.REPOSITORY))

from benchmarks.archive import small_instances  # noqa: E402


class SessionTest(unittest.TestCase):
    """A session that names a patient is held, a clear one goes out."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        small_instances.make(self.root / "clear", 3, text_share=0)
        small_instances.make(self.root / "named", 3, text_share=1, first=1000)
        protocol = self.root / "protocol.yaml"
        protocol.write_text(PROTOCOL)
        identities = self.root / "identities.yaml"
        self.token = make_submitter(identities)
        self.config = (f"identity: {{file: {identities}}}\n"
                       f"routing: {{protocol_file: {protocol}}}\n")

    def decide(self, server: programs.Server, session: str,
               *options: str) -> tuple[int, str, dict]:
        """Runs the container's entry; returns status, output and report."""
        output = self.root / f"{session}-output"
        output.mkdir(exist_ok=True)
        done = subprocess.run(
            [programs.PROGRAMS / "burntin", "session", "--input",
             self.root / session, "--output", output, *options],
            env=os.environ | {
                "BURNTIN_SERVER": server.address, "BURNTIN_TOKEN": self.token,
                "BURNTIN_PROJECT": "INCOMING",
                "BURNTIN_EXPERIMENT": f"XNAT_{session}",
                "BURNTIN_SESSION_LABEL": "DOE'; exit 0 #"},
            capture_output=True, text=True, check=False)
        report = output / "report.json"
        return (done.returncode, done.stdout,
                json.loads(report.read_text()) if report.exists() else {})

    def test_the_status_says_where_the_session_goes(self) -> None:
        with programs.running_server(self.root, self.config) as server:
            programs.wait_until_serving(server)
            status, said, report = self.decide(server, "clear")
            self.assertEqual((status, said[:21]), (0, "to project: HOSPITAL "))
            self.assertEqual(report["decided"]["decision"]["targetProject"],
                             "HOSPITAL")
            status, said, report = self.decide(server, "named")
            self.assertEqual((status, said[:11]), (1, "quarantine:"))
            self.assertEqual(len(report["instances"]), 3)
            status, said, _ = self.decide(server, "named", "--exit-0-if-held")
            self.assertEqual((status, said[:11]), (0, "quarantine:"))
            page = (self.root / "named-output/report.html").read_text()
            self.assertIn("<img", page)
            status, _, report = self.decide(server, "clear", "--inspect-only")
            self.assertEqual((status, report["decided"]), (0, None))
            # The upload of a second part of the session is merged into it.
            more = small_instances.template(0, "DOE JANE")
            for number, uid in ((0, small_instances.STUDY_UID),
                                (7, small_instances.INSTANCE_UID)):
                more = more.replace(*small_instances.numbered(uid, number))
            (self.root / "clear/0000/more.dcm").write_bytes(more)
            self.assertEqual(self.decide(server, "clear")[0], 1)

    def test_without_a_server_it_fails_and_is_not_let_out(self) -> None:
        with programs.running_server(self.root, self.config) as server:
            pass
        status, said, report = self.decide(server, "clear", "--exit-0-if-held")
        self.assertEqual((status, said, report), (2, "", {}))


if __name__ == "__main__":
    unittest.main()
