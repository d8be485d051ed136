"""What the image and the services promise about rights and secrets."""

from __future__ import annotations

import re
import subprocess
import unittest
from pathlib import Path

import yaml

REPOSITORY = Path(__file__).resolve().parents[2]
DEPLOY = REPOSITORY / "deploy"


def documents(path: Path) -> list[dict]:
    return [each for each in yaml.safe_load_all(path.read_text()) if each]


def pods() -> dict[str, dict]:
    """The pod of every workload."""
    return {each["metadata"]["name"]: each["spec"]["template"]["spec"]
            for path in (DEPLOY / "kubernetes").glob("*.yaml")
            for each in documents(path)
            if "template" in each.get("spec", {})}


class ServicesTest(unittest.TestCase):
    """Each way to run it gives the same few rights."""

    def test_the_image_runs_without_rights_and_is_checked(self) -> None:
        text = (DEPLOY / "Dockerfile").read_text()
        last = text.rpartition("\nFROM ")[2]
        self.assertRegex(last, r"\nUSER 10001:10001\n")
        self.assertRegex(last, r"HEALTHCHECK[^#]*burntin\", \"health\"")
        self.assertNotIn("USER root", last)
        self.assertGreaterEqual(text.count("\nFROM "), 2)

    def test_every_container_of_compose_is_confined(self) -> None:
        compose = documents(REPOSITORY / "docker-compose.yml")[0]
        burntind = compose["services"]["burntind"]
        self.assertTrue(burntind["read_only"])
        self.assertEqual(burntind["cap_drop"], ["ALL"])
        self.assertIn("no-new-privileges:true", burntind["security_opt"])
        for name, service in compose["services"].items():
            for secret in service.get("secrets", []):
                self.assertIn(secret, compose["secrets"], name)

    def test_secrets_are_files_and_never_values(self) -> None:
        compose = documents(REPOSITORY / "docker-compose.yml")[0]
        for service in compose["services"].values():
            for key, value in service.get("environment", {}).items():
                if re.search("PASS|TOKEN|SECRET|KEY", key):
                    self.assertTrue(str(value).startswith("/run/secrets/"))
        for secret in compose["secrets"].values():
            self.assertEqual(list(secret), ["file"])

    def test_metrics_stay_inside_and_are_collected_where_they_are(self) -> None:
        compose = documents(REPOSITORY / "docker-compose.yml")[0]
        services = compose["services"]
        listen = documents(DEPLOY / "compose/burntind.yaml")[0]["metrics"]
        port = listen["listen"].rpartition(":")[2]
        self.assertNotIn(port, str(services["burntind"]["ports"]))
        self.assertEqual(services["prometheus"]["ports"],
                         ["127.0.0.1:9090:9090"])
        mounted = {volume.split(":")[0]
                   for volume in services["prometheus"]["volumes"]}
        config = DEPLOY / "monitoring/prometheus.yml"
        for file in [config.name, *documents(config)[0]["rule_files"]]:
            self.assertIn(f"./deploy/monitoring/{file}", mounted)
            self.assertTrue((config.parent / file).is_file())
        targets = documents(config)[0]["scrape_configs"][0]["static_configs"]
        self.assertEqual(targets, [{"targets": [f"burntind:{port}"]}])

    def test_only_prometheus_reaches_the_metrics_of_a_pod(self) -> None:
        policy = next(each for each in
                      documents(DEPLOY / "kubernetes/burntind.yaml")
                      if each["kind"] == "NetworkPolicy")["spec"]
        ports = {port["name"] for port in
                 pods()["burntind"]["containers"][0]["ports"]}
        self.assertEqual(ports, {"grpc", "metrics"})
        open_to = {rule["ports"][0]["port"]: rule.get("from")
                   for rule in policy["ingress"]}
        self.assertEqual(open_to.keys(), ports)
        self.assertTrue(open_to["metrics"])

    def test_every_pod_is_confined(self) -> None:
        self.assertEqual(set(pods()), {"burntind", "burntin-batch"})
        for name, pod in pods().items():
            self.assertTrue(pod["securityContext"]["runAsNonRoot"], name)
            self.assertFalse(pod["automountServiceAccountToken"], name)
            for container in pod["containers"]:
                rights = container["securityContext"]
                self.assertTrue(rights["readOnlyRootFilesystem"], name)
                self.assertFalse(rights["allowPrivilegeEscalation"], name)
                self.assertEqual(rights["capabilities"], {"drop": ["ALL"]})

    def test_every_pod_of_the_batch_has_a_shard_of_its_own(self) -> None:
        job = documents(DEPLOY / "kubernetes/batch.yaml")[0]["spec"]
        command = job["template"]["spec"]["containers"][0]["command"]
        shard = command[command.index("--shard") + 1]
        self.assertEqual(job["completionMode"], "Indexed")
        self.assertEqual(shard,
                         f"$(JOB_COMPLETION_INDEX)/{job['completions']}")

    def test_the_keys_of_the_example_configuration_exist(self) -> None:
        known = yaml.safe_load(
            (REPOSITORY / "server/burntind.default.yaml").read_text())
        used = documents(DEPLOY / "compose/burntind.yaml")[0]
        for section, keys in used.items():
            for key in keys:
                self.assertIn(key, known[section])

    def test_the_array_script_needs_an_array_from_zero(self) -> None:
        script = DEPLOY / "slurm/batch.sbatch"
        variables = {"SLURM_ARRAY_TASK_ID": "1", "SLURM_ARRAY_TASK_MIN": "1",
                     "SLURM_ARRAY_TASK_STEP": "1",
                     "SLURM_ARRAY_TASK_COUNT": "2", "BURNTIN": "/bin/echo",
                     "PATH": "/usr/bin:/bin"}
        done = subprocess.run([script, "B"], env=variables, check=False,
                              capture_output=True, text=True)
        self.assertEqual(done.returncode, 2)
        done = subprocess.run(
            [script, "B", "-q"], env=variables | {"SLURM_ARRAY_TASK_MIN": "0"},
            check=True, capture_output=True, text=True)
        self.assertEqual(done.stdout,
                         "batch run B --shard 1/2 --workers 1 -q\n")


if __name__ == "__main__":
    unittest.main()
