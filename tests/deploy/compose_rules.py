"""What `docker-compose.yml` has to keep to. Each rule is a function from the parsed file to what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from deploy import versions

Compose = dict[str, Any]
Rule = Callable[[Compose], Iterator[str]]

ONE_SHOT = {"setup", "kibana-password"}
OURS = {"setup", "connectors", "worker", "delivery", "board"}
STATEFUL = {"kafka", "elasticsearch", "kibana", "connectors"}
# Their images write into the program's own folders at each start (Elasticsearch its keystore, Kibana its settings)
WRITABLE_ROOT = {"elasticsearch", "kibana"}
IMAGES = {
    "kafka": f"apache/kafka:{versions.KAFKA}",
    "elasticsearch": f"docker.elastic.co/elasticsearch/elasticsearch:{versions.ELASTICSEARCH}",
    "kibana-password": f"docker.elastic.co/elasticsearch/elasticsearch:{versions.ELASTICSEARCH}",
    "kibana": f"docker.elastic.co/kibana/kibana:{versions.KIBANA}",
}
SECRET = re.compile(r"PASSWORD|SECRET|TOKEN|ENCRYPTIONKEY|CLUSTER_ID")
REQUIRED = re.compile(r"\$\{[A-Z_]+:\?run make env\}")
SETTING = re.compile(r"CROSSCLAIM_[A-Z]+(_[A-Z]+)*(__[A-Z]+(_[A-Z]+)*)?")
_UNITS = {"k": 2**10, "m": 2**20, "g": 2**30}


def services(compose: Compose) -> Iterator[tuple[str, dict[str, Any]]]:
    yield from compose["services"].items()


def size(text: str) -> int:
    return int(text[:-1]) * _UNITS[text[-1].lower()]


def expected_services(compose: Compose) -> Iterator[str]:
    if missing := {"kafka", "elasticsearch", "kibana", *OURS} - set(compose["services"]):
        yield f"missing: {sorted(missing)}"


def images_are_the_tested_ones(compose: Compose) -> Iterator[str]:
    for name, service in services(compose):
        if name in IMAGES and service["image"] != IMAGES[name]:
            yield f"{name}: {service['image']}, tested is {IMAGES[name]}"
        if name in OURS and service.get("build", {}).get("dockerfile") != "deploy/Dockerfile":
            yield f"{name}: not built from deploy/Dockerfile"
        if name not in OURS and name not in IMAGES:
            yield f"{name}: an image that nobody compares"


def long_running_have_health_checks(compose: Compose) -> Iterator[str]:
    for name, service in services(compose):
        check = service.get("healthcheck", {})
        if name not in ONE_SHOT and not {"test", "interval", "timeout", "retries", "start_period"} <= set(check):
            yield f"{name}: no whole health check"


def restarts(compose: Compose) -> Iterator[str]:
    for name, service in services(compose):
        if service.get("restart") != ("no" if name in ONE_SHOT else "unless-stopped"):
            yield f"{name}: restart {service.get('restart')}"


def dependencies_wait_for_what_they_need(compose: Compose) -> Iterator[str]:
    for name, service in services(compose):
        needed = service.get("depends_on", {})
        if not isinstance(needed, dict):
            yield f"{name}: depends_on without conditions"
            continue
        for other, how in needed.items():
            wanted = "service_completed_successfully" if other in ONE_SHOT else "service_healthy"
            if other not in compose["services"] or how.get("condition") != wanted:
                yield f"{name}: waits for {other} to be {how.get('condition')}"
        if name in OURS - {"setup"} and "setup" not in needed:
            yield f"{name}: starts before its topics exist"


def data_is_in_named_volumes(compose: Compose) -> Iterator[str]:
    for name, service in services(compose):
        named = [text.split(":")[0] for text in service.get("volumes", []) if isinstance(text, str) and text[0] != "."]
        if unknown := set(named) - set(compose["volumes"]):
            yield f"{name}: volumes {unknown} are not declared"
        if name in STATEFUL and not named:
            yield f"{name}: its data goes with the container"
    if compose["services"]["kafka"]["environment"]["KAFKA_LOG_DIRS"] != "/var/lib/kafka/data":
        yield "kafka: writes beside its volume"


def memory_is_limited(compose: Compose) -> Iterator[str]:
    for name, service in services(compose):
        limit = service.get("mem_limit")
        if limit is None:
            yield f"{name}: no memory limit"
            continue
        environment = service.get("environment", {})
        heaps = re.findall(r"-Xmx(\w+)", f"{environment.get('KAFKA_HEAP_OPTS')} {environment.get('ES_JAVA_OPTS')}")
        if any(size(heap) * 2 > size(limit) for heap in heaps):
            yield f"{name}: a heap of {heaps} leaves less than half of {limit} to the page cache and threads"


def secrets_come_from_the_env_file(compose: Compose) -> Iterator[str]:
    for name, service in services(compose):
        for key, value in service.get("environment", {}).items():
            if SECRET.search(key) and not REQUIRED.fullmatch(str(value)):
                yield f"{name}: {key} is not required from .env"


def ports_are_loopback(compose: Compose) -> Iterator[str]:
    for name, service in services(compose):
        for port in service.get("ports", []):
            if not re.fullmatch(r"127\.0\.0\.1:\d+:\d+", str(port)):
                yield f"{name}: port {port} is open to the network"
        if service.get("network_mode"):
            yield f"{name}: network_mode goes around the published ports"


def nobody_is_root(compose: Compose) -> Iterator[str]:
    for name, service in services(compose):
        user = str(service.get("user", "root")).split(":")[0]
        if user in ("root", "0", ""):
            yield f"{name}: runs as {user or 'root'}"


def privileges_are_dropped(compose: Compose) -> Iterator[str]:
    for name, service in services(compose):
        if "no-new-privileges:true" not in service.get("security_opt", []):
            yield f"{name}: may gain privileges"
        if service.get("cap_drop") != ["ALL"] or service.get("cap_add"):
            yield f"{name}: keeps capabilities"
        if service.get("privileged") or any("docker.sock" in str(volume) for volume in service.get("volumes", [])):
            yield f"{name}: owns the host"


def root_is_read_only(compose: Compose) -> Iterator[str]:
    for name, service in services(compose):
        if name not in WRITABLE_ROOT and not (service.get("read_only") and service.get("tmpfs")):
            yield f"{name}: root file system is writable, or there is no /tmp"


def nothing_hinders_scaling(compose: Compose) -> Iterator[str]:
    for name, service in services(compose):
        if "container_name" in service:
            yield f"{name}: a container name allows one container"
    if compose["services"]["worker"].get("ports"):
        yield "worker: a host port allows one container"


def kafka_is_reached_from_inside_only(compose: Compose) -> Iterator[str]:
    if compose["networks"]["inside"].get("internal") is not True:
        yield "the network `inside` leads outside"
    if compose["services"]["kafka"]["networks"] != ["inside"] or compose["services"]["kafka"].get("ports"):
        yield "kafka asks for no password, and can be reached from outside"


def settings_are_well_formed(compose: Compose) -> Iterator[str]:
    for name, service in services(compose):
        environment = service.get("environment", {})
        for key in environment:
            if key.startswith("CROSSCLAIM") and not SETTING.fullmatch(key):
                yield f"{name}: {key} is no setting"
        if name in OURS and environment.get("CROSSCLAIM_PROFILE") != "services":
            yield f"{name}: not in the services profile"


RULES: tuple[Rule, ...] = (
    expected_services,
    images_are_the_tested_ones,
    long_running_have_health_checks,
    restarts,
    dependencies_wait_for_what_they_need,
    data_is_in_named_volumes,
    memory_is_limited,
    secrets_come_from_the_env_file,
    ports_are_loopback,
    nobody_is_root,
    privileges_are_dropped,
    root_is_read_only,
    nothing_hinders_scaling,
    kafka_is_reached_from_inside_only,
    settings_are_well_formed,
)
