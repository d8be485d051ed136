"""A folder is sent again and again: nothing is inspected twice without need."""

from __future__ import annotations

import base64
import contextlib
import sqlite3
import sys
import tempfile
import unittest
from collections.abc import Iterator
from pathlib import Path

import exposition
import programs
import site_of_burntind as site
from test_examples import generate_python

sys.path.insert(0, str(programs.REPOSITORY))

from benchmarks.archive import small_instances  # noqa: E402

CLEAR, NAMED = 4, 2
OBJECTS = CLEAR + NAMED
LETS_OUT = """version: 1
rules:
  - {name: clear, when: {verdict: CLEAR}, then: {to_project: HOSPITAL}}
"""
HOLDS = """version: 1
rules:
  - {name: all, when: {modality: [CR, OT, US]}, then: quarantine}
"""


class Site:
    """A running burntind and one caller of it."""

    def __init__(self, server: programs.Server, token: str) -> None:
        self.server = server
        self.caller = site.Caller(server.address, token)

    def count(self, name: str, /, **labels: str) -> float:
        """A metric since this burntind has started."""
        return exposition.scrape(self.server).value(name, **labels)

    def inspected(self) -> float:
        """Objects that went through the detector."""
        return self.count("burntin_inspection_duration_seconds_count")

    def send(self, folder: Path) -> list:
        """Uploads all files of a folder; returns their reports."""
        return [self.caller.inspect(file)
                for file in sorted(folder.rglob("*.dcm"))]

    def action(self, reports: list) -> str:
        """What is decided about the clear session."""
        study = reports[0].study_instance_uid
        return self.caller.routing.RouteAction.Name(
            self.caller.decide_at(None, [
                report for report in reports
                if report.study_instance_uid == study]).decision.action)


def lasting(reports: list) -> list[bytes]:
    """The reports less what differs from run to run."""
    copies = []
    for report in reports:
        copy = type(report)()
        copy.CopyFrom(report)
        copy.ClearField("timings")
        copy.ClearField("from_cache")
        copies.append(copy.SerializeToString(deterministic=True))
    return copies


class ReportCacheTest(unittest.TestCase):
    """Protocols, restarts, other words, and damage."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        self.folder = self.root / "session"
        small_instances.make(self.folder / "a", CLEAR, text_share=0)
        small_instances.make(self.folder / "b", NAMED, text_share=1,
                             first=1000)
        self.protocol = self.root / "protocol.yaml"
        self.protocol.write_text(LETS_OUT)
        self.words = self.root / "words.txt"
        self.words.write_text("[words]\nSONOX\n")
        self.token = site.make_identities(
            self.root / "identities.yaml", {"gateway": ["submitter"]})[
                "gateway"]
        generate_python(self.root)
        sys.path.insert(0, str(self.root))
        self.addCleanup(sys.path.remove, str(self.root))

    @contextlib.contextmanager
    def running_site(
            self,
            cache: str = "cache: {database_bytes: 1073741824}\n"
    ) -> Iterator[Site]:
        """Runs a burntind with the ledger in the root."""
        config = (f"identity: {{file: {self.root}/identities.yaml}}\n"
                  f"routing: {{protocol_file: {self.protocol}, "
                  "reload_interval_seconds: 1}\n"
                  f"ledger: {{database: {self.root}/ledger.sqlite}}\n"
                  f"detector: {{benign_vocabulary_file: {self.words}}}\n"
                  'metrics: {listen: "127.0.0.1:0"}\n' + cache)
        with programs.running_server(self.root, config) as server:
            programs.wait_until_serving(server)
            yield Site(server, self.token)

    def change_protocol(self, running: Site, text: str) -> None:
        """Waits until another protocol decides."""
        def loads() -> int:
            return sum(line["event"] == "protocol_loaded"
                       for line in running.server.log_events())
        before = loads()
        self.protocol.write_text(text)
        site.wait_until(lambda: loads() > before, "the protocol is loaded")

    def test_a_protocol_change_inspects_nothing_also_after_a_restart(
            self) -> None:
        with self.running_site() as running:
            first = running.send(self.folder)
            self.assertEqual(running.inspected(), OBJECTS)
            self.assertEqual(running.action(first), "ROUTE_ACTION_TO_PROJECT")
            self.assertFalse(any(report.from_cache for report in first))
            frames = running.count("burntin_frames_inspected_total")
            self.assertEqual(frames, OBJECTS)

            second = running.send(self.folder)
            self.assertTrue(all(report.from_cache for report in second))
            self.assertEqual(lasting(second), lasting(first))
            self.change_protocol(running, HOLDS)
            self.assertEqual(running.action(second), "ROUTE_ACTION_QUARANTINE")
            self.assertEqual(running.inspected(), OBJECTS)
            self.assertEqual(running.count("burntin_frames_inspected_total"),
                             frames)
            self.assertEqual(running.count("burntin_objects_inspected_total"),
                             2 * OBJECTS)
            self.assertEqual(
                running.count("burntin_report_cache_lookups_total",
                              answer="memory"), OBJECTS)
        with self.running_site() as running:
            third = running.send(self.folder)
            self.assertEqual(running.inspected(), 0)
            self.assertTrue(all(report.from_cache for report in third))
            self.assertEqual(lasting(third), lasting(first))
            self.assertEqual(running.action(third), "ROUTE_ACTION_QUARANTINE")
            self.assertEqual(
                running.count("burntin_report_cache_lookups_total",
                              answer="database"), OBJECTS)
            self.assertEqual(
                running.count("burntin_report_cache_reports",
                              tier="database"), OBJECTS)

    def test_other_words_have_everything_inspected_again(self) -> None:
        with self.running_site() as running:
            running.send(self.folder)
        self.words.write_text("[words]\nSONOX\nROOMX\n")
        with self.running_site() as running:
            reports = running.send(self.folder)
            self.assertFalse(any(report.from_cache for report in reports))
            self.assertEqual(running.inspected(), OBJECTS)

    def test_a_stream_is_served_from_the_cache_too(self) -> None:
        with self.running_site() as running:
            token = self.root / "token"
            token.write_text(self.token)
            token.chmod(0o600)
            asked = ("--server", running.server.address, "--token-file", token,
                     self.folder)
            first, second = programs.scan(*asked), programs.scan(*asked)
            self.assertEqual(len(first.instances), OBJECTS, first.errors)
            self.assertEqual(
                [report["fromCache"] for report in second.instances],
                [True] * OBJECTS)
            self.assertEqual(
                [programs.without_timings(report)
                 for report in second.instances],
                [programs.without_timings(report)
                 for report in first.instances])
            self.assertEqual(running.inspected(), OBJECTS)

    def test_a_damaged_database_costs_an_inspection_and_no_answer(
            self) -> None:
        with self.running_site() as running:
            first = running.send(self.folder)
        with contextlib.closing(
                sqlite3.connect(self.root / "ledger.sqlite")) as ledger:
            changed = ledger.execute(
                "UPDATE report_cache SET phi_record = 'A' || "
                "substr(phi_record, 2, length(phi_record) - 6)").rowcount
            ledger.commit()
        self.assertEqual(changed, OBJECTS)
        with self.running_site() as running:
            again = running.send(self.folder)
            self.assertEqual(lasting(again), lasting(first))
            self.assertEqual(running.inspected(), OBJECTS)
            self.assertEqual(running.count("burntin_report_cache_broken_total"),
                             OBJECTS)

    def test_without_a_cache_everything_is_inspected_each_time(self) -> None:
        off = "cache: {memory_bytes: 0, database_bytes: 0}\n"
        with self.running_site(off) as running:
            running.send(self.folder)
            running.send(self.folder)
            self.assertEqual(running.inspected(), 2 * OBJECTS)

    def test_the_database_holds_no_recognised_text(self) -> None:
        with self.running_site() as running:
            reports = running.send(self.folder)
        self.assertTrue(any(report.regions for report in reports))
        with contextlib.closing(
                sqlite3.connect(self.root / "ledger.sqlite")) as ledger:
            rows = [base64.b64decode(row[0]) for row in ledger.execute(
                "SELECT phi_record FROM report_cache")]
        self.assertEqual(len(rows), OBJECTS)
        self.assertTrue(all(b"Burntin Sample Works" in row for row in rows))
        self.assertFalse(any(b"DOE" in row or b"JANE" in row or b"4711" in row
                             for row in rows))


if __name__ == "__main__":
    unittest.main()
