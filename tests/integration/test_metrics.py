"""What burntind tells those who run it: metrics, alerts, log, traces."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import exposition
import grpc
import programs
import pydicom
import site_of_burntind as site
import yaml
from pydicom.encaps import encapsulate
from pydicom.uid import RLELossless

sys.path.insert(0, str(programs.REPOSITORY))

from benchmarks.archive import small_instances  # noqa: E402

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
TRACEPARENT = f"00-{TRACE}-00f067aa0ba902b7-01"
CLEAR, NAMED = 3, 2


def undecodable() -> bytes:
    """An object that says it is run-length encoded, and is not."""
    data = pydicom.dcmread(io.BytesIO(small_instances.template(0, "")))
    data.file_meta.TransferSyntaxUID = RLELossless
    data.PixelData = encapsulate([b"\x00" * 64])
    data["PixelData"].is_undefined_length = True
    data.SOPInstanceUID += "99"
    data.file_meta.MediaStorageSOPInstanceUID = data.SOPInstanceUID
    out = io.BytesIO()
    data.save_as(out, write_like_original=False)
    return out.getvalue()


def promtool(*arguments: str | Path, text: str | None = None) -> str:
    """Runs promtool, which has to be there and content; what it says."""
    program = shutil.which("promtool")
    if program is None:
        raise RuntimeError("promtool is missing: scripts/install-deps --test")
    done = subprocess.run([program, *arguments], input=text, text=True,
                          capture_output=True, check=False)
    if done.returncode != 0:
        raise AssertionError(done.stdout + done.stderr)
    return done.stdout + done.stderr


class MetricsTest(unittest.TestCase):
    """One site, after a session was sent and decided and a caller refused."""

    @classmethod
    def setUpClass(cls) -> None:
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.root = Path(folder.name)
        cls.make_session(cls.root / "DOE^JANE")
        cls.tokens = site.make_identities(
            cls.root / "identities.yaml",
            {"gateway": ["submitter"], "ann": ["reviewer"]})
        config = (site.write_config(cls.root, None, "") +
                  'metrics: {listen: "127.0.0.1:0"}\n')
        cls.server = cls.enterClassContext(
            programs.running_server(cls.root, config))
        programs.wait_until_serving(cls.server)
        cls.session = cls.run_session(cls.tokens["gateway"])
        cls.refused = cls.run_session("gateway.wrong")
        cls.scraped = exposition.scrape_once_there(cls.server,
                                                   "burntin_cases_open")

    @classmethod
    def make_session(cls, folder: Path) -> None:
        """Some objects without text, some with a name, and a broken one."""
        small_instances.make(folder / "clear", CLEAR, text_share=0)
        small_instances.make(folder / "named", NAMED, text_share=1, first=1000)
        (folder / "DOE^JANE.dcm").write_bytes(undecodable())

    @classmethod
    def run_session(cls, token: str) -> subprocess.CompletedProcess:
        """Runs `burntin session` as one step of a larger trace."""
        output = cls.root / "output"
        output.mkdir(exist_ok=True)
        return subprocess.run(
            [programs.PROGRAMS / "burntin", "session", "--server",
             cls.server.address, "--input", cls.root / "DOE^JANE", "--output",
             output, "--project", "INCOMING", "--experiment", "XNAT_DOE",
             "--session-label", "DOE^JANE"],
            env=os.environ | {"BURNTIN_TOKEN": token,
                              "TRACEPARENT": TRACEPARENT},
            capture_output=True, text=True, check=False)

    def lines(self, **fields: str) -> list[dict]:
        """The lines of the log with these fields."""
        return [line for line in self.server.log_events()
                if fields.items() <= line.items()]

    def test_promtool_finds_no_fault_in_the_metrics(self) -> None:
        self.assertEqual(
            promtool("check", "metrics", text=self.scraped.text), "")

    def test_what_was_done_is_counted(self) -> None:
        self.assertEqual(self.session.returncode, 1, self.session.stderr)
        value = self.scraped.value
        objects = "burntin_objects_inspected_total"
        self.assertEqual(value(objects), CLEAR + NAMED + 1)
        self.assertEqual(value(objects, verdict="CLEAR"), CLEAR)
        self.assertEqual(value(objects, verdict="IDENTIFYING"), NAMED)
        self.assertEqual(value(objects, verdict="INDETERMINATE"), 1)
        self.assertEqual(value("burntin_objects_indeterminate_total"), 1)
        self.assertEqual(value("burntin_decode_failures_total",
                               transfer_syntax="RLELossless"), 1)
        self.assertEqual(value("burntin_frames_inspected_total"),
                         CLEAR + NAMED)
        self.assertEqual(value("burntin_pixels_inspected_total"),
                         (CLEAR + NAMED) * small_instances.SIDE**2)
        self.assertEqual(value("burntin_inspection_duration_seconds_count"),
                         CLEAR + NAMED + 1)
        self.assertGreater(value("burntin_inspection_stage_seconds_sum",
                                 stage="match"), 0)

    def test_calls_and_decisions_are_counted(self) -> None:
        value = self.scraped.value
        calls = "burntin_rpc_calls_total"
        service = "burntin.v1."
        self.assertEqual(value(calls, code="OK", rpc=f"{service}"
                               "DetectionService/InspectStream"), 1)
        self.assertEqual(value(calls, code="OK", rpc=f"{service}"
                               "RoutingService/DecideSession"), 1)
        self.assertEqual(value(calls, code="UNAUTHENTICATED"), 1)
        self.assertEqual(value("burntin_rpc_failures_total",
                               reason="CREDENTIALS_INVALID"), 1)
        self.assertEqual(value("burntin_routing_decisions_total",
                               action="QUARANTINE", recorded="true"), 1)
        self.assertEqual(value("burntin_ledger_operation_duration_seconds"
                               "_count", operation="record_decision"), 1)
        self.assertEqual(value("burntin_ledger_failures_total"), 0)

    def test_the_state_of_the_site_is_there(self) -> None:
        value = self.scraped.value
        self.assertEqual(value("burntin_serving"), 1)
        self.assertEqual(value("burntin_calls_limit"), 32)
        self.assertEqual(value("burntin_decoder_processes_ended_total",
                               cause="crashed"), 0)
        self.assertGreaterEqual(value("burntin_decoder_processes"), 1)
        self.assertGreater(value("burntin_evidence_stored_bytes"), 0)
        self.assertGreaterEqual(value("burntin_evidence_pictures_total",
                                      outcome="kept"), NAMED)
        self.assertGreater(value("process_resident_memory_bytes"), 1e7)
        self.assertGreater(value("burntin_memory_limit_bytes"),
                           value("burntin_memory_used_bytes"))
        version = subprocess.run(
            [programs.PROGRAMS / "burntind", "--version"], text=True,
            capture_output=True, check=True).stdout.split()[-1]
        self.assertEqual(value("burntin_build_info", version=version), 1)
        for event in self.lines(event="model_loaded"):
            self.assertEqual(value("burntin_model_info", name=event["name"],
                                   sha256=event["sha256"]), 1)

    def test_the_open_case_is_counted(self) -> None:
        site.wait_until(
            lambda: exposition.scrape(self.server).value(
                "burntin_cases_open", state="HELD") == 1,
            "the held case is counted")

    def test_no_name_no_path_and_no_uid_is_in_a_metric(self) -> None:
        sent = [path.read_bytes() for path in
                (self.root / "DOE^JANE").rglob("*.dcm")]
        self.assertEqual(len(sent), CLEAR + NAMED + 1)
        for name in ("DOE", "JANE", "2.25.", small_instances.CR_IMAGE):
            self.assertTrue(any(name.encode() in each for each in sent), name)
            self.assertFalse(name in self.scraped.text, name)
        for place in (str(self.root), "INCOMING"):
            self.assertFalse(place in self.scraped.text, place)

    def test_rules_and_dashboard_ask_for_what_is_there(self) -> None:
        known = self.scraped.names() | exposition.OF_PROMETHEUS
        asked = [exposition.metrics_in(query)
                 for query in exposition.queries()]
        self.assertGreater(len(asked), 50)
        for query, names in zip(exposition.queries(), asked):
            self.assertTrue(names, query)
            self.assertLessEqual(names, known, query)

    def test_rules_and_dashboard_pick_by_labels_that_are_there(self) -> None:
        known = {(name, label, value) for name, labels, _ in
                 self.scraped.series for label, value in labels.items()}
        picked = set().union(*map(exposition.label_values_in,
                                  exposition.queries()))
        self.assertGreater(len(picked), 10)
        self.assertLessEqual(picked, known)

    def test_the_guide_explains_each_metric_and_no_other(self) -> None:
        explained = {
            name: set(re.findall(r"`(\w+)`", labels)) for name, labels in
            exposition.guide_rows("(?:burntin|process)_[a-z_]+").items()}
        exposed = {name: labels for name, labels in
                   self.scraped.labels().items()
                   if not name.startswith("exposer_")}
        self.assertEqual(explained, exposed)

    def test_the_lines_of_a_session_belong_to_its_trace(self) -> None:
        traced = self.lines(trace_id=TRACE)
        rpcs = {line["rpc"].rpartition("/")[2] for line in traced}
        self.assertEqual(rpcs, {"InspectStream", "DecideSession"})
        for event, count in (("object_inspected", CLEAR + NAMED + 1),
                             ("session_decided", 1), ("caller_refused", 1)):
            self.assertEqual(len(self.lines(trace_id=TRACE, event=event)),
                             count)
        calls = {(line["span_id"], line["request_id"]) for line in traced}
        self.assertEqual(len(calls), 3)
        self.assertEqual(len(dict(calls)), 3)

    def test_each_line_of_a_call_names_it(self) -> None:
        for line in self.server.log_events():
            if "method" in line or line["event"] in ("object_inspected",
                                                     "session_decided"):
                for name in ("trace_id", "span_id", "request_id", "rpc"):
                    self.assertIn(name, line)

    def test_any_program_gets_the_id_of_its_call(self) -> None:
        trace = TRACE[::-1]
        with grpc.insecure_channel(self.server.address, [
                ("grpc.enable_http_proxy", 0)]) as channel:
            list_cases = channel.unary_unary(
                "/burntin.v1.QuarantineService/ListCases")
            _, call = list_cases.with_call(b"", metadata=(
                ("authorization", f"Bearer {self.tokens['ann']}"),
                ("traceparent", f"00-{trace}-00f067aa0ba902b7-01"),
                ("tracestate", "patient=DOE^JANE")))
        request = dict(call.trailing_metadata())["x-request-id"]
        site.wait_until(lambda: self.lines(request_id=request),
                        "the call is logged")
        for line in self.lines(request_id=request):
            self.assertEqual(line["trace_id"], trace)
            self.assertEqual(line["rpc"],
                             "burntin.v1.QuarantineService/ListCases")
        self.assertNotIn("DOE", self.server.log.read_text())

    def test_an_error_names_the_call_as_the_log_does(self) -> None:
        self.assertEqual(self.refused.returncode, 2)
        named = re.search(r"\(request ([0-9a-f]{16}), trace ([0-9a-f]{32})\)",
                          self.refused.stderr)
        self.assertIsNotNone(named, self.refused.stderr)
        request, trace = named.groups()
        self.assertEqual(trace, TRACE)
        events = {line["event"] for line in self.lines(request_id=request)}
        self.assertLessEqual({"caller_refused", "call_failed"}, events)


class AlertsTest(unittest.TestCase):
    """The files for Prometheus are right, and the guide knows the alerts."""

    def test_promtool_accepts_configuration_and_rules(self) -> None:
        said = promtool("check", "config",
                        exposition.MONITORING / "prometheus.yml")
        self.assertIn(f"{len(exposition.alerts())} rules found", said)
        promtool("check", "rules", exposition.MONITORING / "alerts.yml")

    def test_each_alert_fires_when_it_should(self) -> None:
        tests = programs.REPOSITORY / "tests/deploy/alerts_test.yml"
        self.assertIn("SUCCESS", promtool("test", "rules", tests))
        self.assertEqual(exposition.alerts_fired_in(tests),
                         exposition.alerts().keys())

    def test_the_guide_says_what_to_do_for_each_alert(self) -> None:
        explained = exposition.guide_rows("Burntind[A-Za-z]+")
        self.assertEqual(explained,
                         {name: rule["labels"]["severity"] for name, rule in
                          exposition.alerts().items()})

    def test_each_query_of_the_dashboard_can_be_parsed(self) -> None:
        rules = [{"record": f"panel:{number}", "expr": query.replace(
            "$__rate_interval", "1m")} for number, query in
            enumerate(exposition.queries())]
        with tempfile.NamedTemporaryFile("w", suffix=".yml") as file:
            yaml.safe_dump({"groups": [{"name": "all", "rules": rules}]}, file)
            file.flush()
            self.assertIn(f"{len(rules)} rules found",
                          promtool("check", "rules", file.name))

    def test_each_panel_has_a_query_and_a_place_of_its_own(self) -> None:
        places = set()
        for panel in exposition.panels():
            self.assertTrue(panel["targets"], panel["title"])
            place = panel["gridPos"]
            self.assertLessEqual(place["x"] + place["w"], 24)
            places.add((place["x"], place["y"]))
        self.assertEqual(len(places), len(exposition.panels()))


if __name__ == "__main__":
    unittest.main()
