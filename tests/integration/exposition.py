"""Reads what burntind exposes, and what asks for it: rules, dashboard, guide."""

from __future__ import annotations

import json
import re
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

import programs
import site_of_burntind as site
import yaml

MONITORING = programs.REPOSITORY / "deploy/monitoring"
GUIDE = programs.REPOSITORY / "docs/monitoring.md"
SERIES = re.compile(r"([a-z_]+)(?:\{(.*)\})? (\S+)")
LABEL = re.compile(r'([a-z0-9_]+)="([^"]*)"')
# What Prometheus adds itself, and what a dashboard's variables stand for.
OF_PROMETHEUS = {"up"}
LABELS_OF_PROMETHEUS = {"instance", "job"}
KEYWORDS = {"and", "or", "unless", "bool", "offset"}


@dataclass
class Exposition:
    """One scrape."""

    text: str
    kinds: dict[str, str] = field(default_factory=dict)
    series: list[tuple[str, dict[str, str], float]] = field(
        default_factory=list)

    def __post_init__(self) -> None:
        self.kinds = dict(re.findall(r"^# TYPE (\S+) (\S+)$", self.text, re.M))
        for line in self.text.splitlines():
            if line.startswith("#"):
                continue
            name, labels, value = SERIES.fullmatch(line).groups()
            self.series.append(
                (name, dict(LABEL.findall(labels or "")), float(value)))

    def value(self, name: str, /, **labels: str) -> float:
        """The sum of the series with these labels; KeyError if none has."""
        values = [value for known, of, value in self.series
                  if known == name and labels.items() <= of.items()]
        if not values:
            raise KeyError(f"{name} {labels}")
        return sum(values)

    def names(self) -> set[str]:
        """What a query may name."""
        return {name for name, _, _ in self.series}

    def labels(self) -> dict[str, set[str]]:
        """The labels' names of each metric."""
        labels: dict[str, set[str]] = {name: set() for name in self.kinds}
        for name, of, _ in self.series:
            base = re.sub("_(bucket|sum|count)$", "", name)
            labels[name if name in labels else base] |= of.keys() - {"le"}
        return labels


def metrics_address(server: programs.Server) -> str:
    """Where a server says that it serves its metrics."""
    return next(event["address"] for event in server.log_events()
                if event["event"] == "metrics_listening")


def scrape(server: programs.Server) -> Exposition:
    """Asks a server for its metrics as Prometheus does."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(f"http://{metrics_address(server)}/metrics") as answer:
        return Exposition(answer.read().decode())


def scrape_once_there(server: programs.Server, name: str) -> Exposition:
    """As scrape, once this metric is exposed."""
    site.wait_until(lambda: name in scrape(server).names(),
                    f"burntind exposes {name}")
    return scrape(server)


def alerts() -> dict[str, dict]:
    """The rules of the alerts, by their names."""
    groups = yaml.safe_load((MONITORING / "alerts.yml").read_text())["groups"]
    return {rule["alert"]: rule for group in groups for rule in group["rules"]}


def panels() -> list[dict]:
    """The panels of the dashboard that ask for something."""
    board = json.loads((MONITORING / "dashboard.json").read_text())
    return [panel for panel in board["panels"] if panel["type"] != "row"]


def queries() -> list[str]:
    """Every query of rules and dashboard."""
    return ([rule["expr"] for rule in alerts().values()] +
            [target["expr"] for panel in panels()
             for target in panel["targets"]])


def metrics_in(query: str) -> set[str]:
    """The names of the metrics that a query asks for."""
    query = re.sub(r'"[^"]*"', "", query)
    for brackets in (r"\{[^}]*\}", r"\[[^\]]*\]",
                     r"\b(by|without|on|ignoring|group_left|group_right)"
                     r"\s*\([^)]*\)"):
        query = re.sub(brackets, " ", query)
    words = re.findall(r"(?<![\w.])[a-zA-Z_]\w*\b(?!\s*\()", query)
    return set(words) - KEYWORDS


def label_values_in(query: str) -> set[tuple[str, str, str]]:
    """Metric, label and value of whatever a query picks by name."""
    found = set()
    for name, matchers in re.findall(r"([a-z_]+)\{([^}]*)\}", query):
        for label, _, values in re.findall(r'(\w+)(=~|=|!=)"([^"]*)"',
                                           matchers):
            if label not in LABELS_OF_PROMETHEUS:
                found |= {(name, label, one) for one in values.split("|")}
    return found


def guide_rows(pattern: str) -> dict[str, str]:
    """The second column of the guide's tables, by the name in the first."""
    return dict(re.findall(rf"^\| `({pattern})` \| ([^|]*?) ?\|",
                           GUIDE.read_text(), re.M))


def alerts_fired_in(path: Path) -> set[str]:
    """The alerts that a file of tests for Prometheus expects to fire."""
    tests = yaml.safe_load(path.read_text())["tests"]
    return {case["alertname"] for test in tests
            for case in test["alert_rule_test"] if case.get("exp_alerts")}
