"""`crossclaim setup`, `prune` and `doctor` as an operator runs them, with real Kafka and Elasticsearch."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import uuid
from pathlib import Path
from typing import Any

import pytest

from pipeline.config import Elasticsearch as Settings
from pipeline.index.elastic import ElasticIndex
from pipeline.index.elastic.client import connect
from pipeline.index.elastic.setup.standing import standing
from pipeline.ports import COLLECTIONS
from tests.services.upgrade_world import sample, set_up_older

pytestmark = [pytest.mark.services, pytest.mark.timeout(1800)]


class Operator:
    """Runs commands in a world of its own."""

    def __init__(self, kafka: Any, elasticsearch: Any, folder: Path) -> None:
        name = f"test-{uuid.uuid4().hex[:12]}-"
        self.elasticsearch = Settings(url=elasticsearch.url, prefix=name, timeout_seconds=60)
        self._environment = os.environ | {
            "CROSSCLAIM_PROFILE": "services",
            "CROSSCLAIM_DATA": str(folder),
            "CROSSCLAIM_KAFKA__BOOTSTRAP": kafka.bootstrap,
            "CROSSCLAIM_KAFKA__TOPIC_PREFIX": name,
            "CROSSCLAIM_ELASTICSEARCH__URL": elasticsearch.url,
            "CROSSCLAIM_ELASTICSEARCH__PREFIX": name,
            "CROSSCLAIM_ELASTICSEARCH__TIMEOUT_SECONDS": "60",
        }

    def run(self, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run `crossclaim ARGUMENTS…`, with more in its environment."""
        return subprocess.run(
            [sys.executable, "-m", "pipeline.cli", *arguments],
            env=self._environment | more, capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip


@pytest.fixture
def operator(kafka: Any, elasticsearch: Any, tmp_path: Path) -> Operator:
    return Operator(kafka, elasticsearch, tmp_path)


def test_an_operator_upgrades_and_clears_up(operator: Operator) -> None:
    settings = operator.elasticsearch
    claims = f"{settings.prefix}claims"
    with connect(settings) as client:
        set_up_older(client, settings.prefix)
        ElasticIndex(settings).write([sample(n, 1) for n in range(50)])

        refused = operator.run("setup")
        assert refused.returncode == 2
        assert "run `crossclaim setup --upgrade`" in refused.stderr
        assert "Traceback" not in refused.stderr

        upgraded = operator.run("setup", "--upgrade")
        assert upgraded.returncode == 0, upgraded.stderr
        assert f"{claims}-000002 has taken the place of {claims}-000001" in upgraded.stdout
        assert f"copying {claims}-000001: " in upgraded.stderr
        assert all("documents" in line for line in upgraded.stderr.splitlines()), upgraded.stderr
        assert operator.run("setup").stdout == "everything was there already\n"

        findings = [json.loads(line) for line in operator.run("doctor", "--json").stdout.splitlines()]
        (found,) = [each for each in findings if each["what"] == "Elasticsearch"]
        assert found["ok"], found

        assert operator.run("setup", "--drop-old").stdout == f"{claims}-000001 is removed\n"
        assert operator.run("setup", "--anew", "feeds").returncode == 0
        assert len(standing(client, f"{settings.prefix}feeds").indices) == 2
        assert operator.run("prune").stdout == "nothing was old enough\n"
        kept = operator.run("prune", CROSSCLAIM_ELASTICSEARCH__KEEP_DAYS="30").stdout
        assert kept == "0 articles older than 30 days, and 0 documents of their claims\n"
        for collection in COLLECTIONS:
            for made in standing(client, f"{settings.prefix}{collection}").indices:
                client.indices.delete(index=made.name)
            client.indices.delete_index_template(name=f"{settings.prefix}{collection}")


def test_wrong_usage_is_told(operator: Operator) -> None:
    wrong_role = operator.run("setup", "--api-key", "boss")
    assert (wrong_role.returncode, "setup, worker, reader" in wrong_role.stderr) == (2, True)
    nobody = operator.run("setup", "--api-key", "worker")
    assert (nobody.returncode, "xpack.security.enabled" in nobody.stderr) == (2, True)
    embedded = operator.run("prune", CROSSCLAIM_PROFILE="embedded")
    assert (embedded.returncode, "CROSSCLAIM_PROFILE=services" in embedded.stderr) == (2, True)
