"""Every setting, read once and checked together: defaults < config file < environment (CROSSCLAIM_…).

A nested setting is written with two underscores in the environment: CROSSCLAIM_KAFKA__BOOTSTRAP.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from pipeline.errors import SetupError
from pipeline.plainly import nearest, wrong

ROOT = Path(__file__).resolve().parent.parent
"""The checkout: models/ and config/ lie here."""

PREFIX = "CROSSCLAIM_"
CONFIG_ENV = f"{PREFIX}CONFIG"
OTHER_ENV = (CONFIG_ENV, f"{PREFIX}SHARED", f"{PREFIX}SCREENSHOTS")
"""Variables that are no settings: where the settings file lies, and what the tests are told."""

_FROM_KUBERNETES = re.compile(r"_SERVICE_(HOST|PORT(_\w+)?)$|_PORT(_\d+_(TCP|UDP)(_\w+)?)?$")
"""What Kubernetes adds to the environment for a service of the name crossclaim-…: nobody wrote it."""


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Kafka(_Section):
    """How to reach the broker."""

    bootstrap: str = "127.0.0.1:9092"
    topic_prefix: str = ""
    """Put before every topic and group name, so that several crossclaims can share one Kafka."""
    replication: int = Field(default=1, ge=1, le=5)
    rebalance_seconds: float = Field(default=4.0, gt=0, le=600)
    """How long a joining worker may keep the others waiting; the session times out after half as long again."""
    batch_bytes: int = Field(default=16_384, ge=0, le=1_000_000)
    """Bytes of messages that are sent together; 0 sends each alone. The embedded broker needs 0, and `crossclaim run`
    sets it: it counts the end of a topic by batches, so that with longer ones nobody can tell what is still to come."""


class Elasticsearch(_Section):
    """How to reach Elasticsearch (services profile)."""

    url: str = "http://127.0.0.1:9200"
    user: str = "elastic"
    password: SecretStr | None = None
    api_key: SecretStr | None = None
    """Instead of user and password: what `crossclaim setup --api-key worker` prints."""
    ca_certs: Path | None = None
    """Certificates that are trusted with https, as PEM; default: those of this machine."""
    ca_fingerprint: str | None = None
    """Instead of `ca_certs`: the SHA-256 of the certificate authority, as Elasticsearch prints it."""
    verify_certs: bool = True
    """Whether the server has to prove with https who it is. Without, passwords go to whoever answers."""
    client_cert: Path | None = None
    client_key: Path | None = None
    """Certificate and key by which we prove who we are, as PEM, where the server asks for it."""
    prefix: str = "crossclaim-"
    timeout_seconds: float = Field(default=10.0, gt=0, le=300)
    keep_days: int | None = Field(default=None, ge=1, le=36_500)
    """Days after their publication that articles and claims are kept by `crossclaim prune`; default: for ever."""
    metrics_keep_days: int = Field(default=30, ge=1, le=36_500)
    """Days that samples of the pipeline's health are kept, by the cluster itself or by `crossclaim prune`."""
    worker_password: SecretStr | None = None
    reader_password: SecretStr | None = None
    """Passwords that `crossclaim setup --roles` gives to the users crossclaim_worker and crossclaim_reader; without
    them it makes the roles and no users."""


class Board(_Section):
    """Where the local page is served."""

    host: str = "127.0.0.1"
    port: int = Field(default=8600, ge=0, le=65535)
    token: SecretStr | None = None
    """Needed where the host is not the loopback: who opens the board gives it once in the address (?token=…)."""


class Polling(_Section):
    """How feeds are read."""

    interval_seconds: float = Field(default=300.0, ge=1, le=86_400)
    """How long after its first reading a feed is read again; later its own rhythm decides, within the two limits."""
    min_interval_seconds: float = Field(default=120.0, ge=1, le=86_400)
    max_interval_seconds: float = Field(default=21_600.0, ge=1, le=604_800)
    timeout_seconds: float = Field(default=20.0, gt=0, le=300)
    """Total time that one page or feed may take, redirects included."""
    max_body_bytes: int = Field(default=10_000_000, ge=1_000)
    """Largest body read, counted after decompression."""
    max_text_chars: int = Field(default=200_000, ge=1_000)
    """Longest text of an article that is kept; what follows is cut and the article flagged as partial."""
    concurrency: int = Field(default=128, ge=1, le=1_000)
    """Feeds read at a time. Waiting is cheap: 128 read about a hundred a second, at half a core (many_feeds.py)."""
    per_host: int = Field(default=2, ge=1, le=32)
    """Connections to one host at a time."""
    host_spacing_seconds: float = Field(default=0.5, ge=0, le=600)
    """Least time between the beginnings of two requests to one host; a robots.txt may ask for more."""
    robots: bool = True
    """Whether pages are left unread that the site's robots.txt forbids; feeds are published to be read by machines."""
    extraction_workers: int = Field(default=1, ge=1, le=64)
    allow_private: tuple[str, ...] = ()
    """Private addresses or networks that may be read all the same ("127.0.0.1/32"); none by default."""
    user_agent: str = "crossclaim/0.1 (news monitor; +https://example.org/set-polling.user_agent-to-your-contact)"


class Matching(_Section):
    """Which claims are compared."""

    window_days: float = Field(default=14.0, gt=0, le=366)
    """Claims published further apart than this are not compared."""
    window_claims: int = Field(default=100_000, ge=100)
    """How many claims the window holds; beyond it the longest-held go first."""


class Verdicts(_Section):
    """How pairs are judged."""

    model: str = ""
    """Another model that reads two texts at once: a folder with an ONNX graph, or an id on the Hugging Face hub
    ("owner/name"). Empty: the shipped one."""


class Alerts(_Section):
    """Who is told."""

    rules: Path = ROOT / "config" / "alerts.toml"
    settle_seconds: float = Field(default=4.0, ge=0, le=3_600)
    """How long a contradiction must have been quiet before it is told: in a burst of articles it takes other forms, and
    other ids, until the last of them is read. It is told at the latest after six times as long."""
    board_url: str = ""
    """Where the reader of an alert finds the board ("https://desk.example"); empty: alerts name no page of it."""


class Kibana(_Section):
    """Into which Kibana `crossclaim setup` brings dashboards and rules (services profile)."""

    url: str = ""
    """Empty: into none."""
    user: str = "elastic"
    password: SecretStr | None = None
    api_key: SecretStr | None = None
    """Instead of user and password."""
    board_url: str = ""
    """Where its readers find the board; empty: alerts.board_url, or else http://127.0.0.1:8600."""


class Settings(BaseSettings):
    """All settings of all commands."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_nested_delimiter="__",
        extra="forbid",
        frozen=True,
        nested_model_default_partial_update=True,
    )

    profile: Literal["embedded", "services"] = "embedded"
    data: Path = Path("data")
    """Folder of everything that is written: the SQLite index, alerts, logs."""
    models: Path = ROOT / "models"
    feeds: Path = ROOT / "config" / "feeds.opml"
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    worker_threads: int = Field(default=1, ge=1, le=64)
    """Threads that a worker's language models may use."""
    kafka: Kafka = Kafka()
    elasticsearch: Elasticsearch = Elasticsearch()
    board: Board = Board()
    polling: Polling = Polling()
    matching: Matching = Matching()
    verdicts: Verdicts = Verdicts()
    alerts: Alerts = Alerts()
    kibana: Kibana = Kibana()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments win over the environment, the environment over the file."""
        file = os.environ.get(CONFIG_ENV)
        sources: tuple[PydanticBaseSettingsSource, ...] = (init_settings, env_settings)
        return (*sources, TomlConfigSettingsSource(settings_cls, Path(file))) if file else sources


def load(**overrides: Any) -> Settings:
    """Return the settings, or raise SetupError naming every wrong one and, where it looks mistyped, the nearest."""
    file = os.environ.get(CONFIG_ENV)
    if file and not Path(file).is_file():
        raise SetupError(f"reading settings: {CONFIG_ENV} names {file}, which does not exist")
    unknown = unknown_variables(os.environ)
    try:
        settings = Settings(**overrides)
    except ValidationError as error:
        raise SetupError(f"reading settings{_from(file)}: {'; '.join([*unknown, *_wrong(error)])}") from error
    except ValueError as error:
        raise SetupError(f"reading settings{_from(file)}: {'; '.join([*unknown, str(error)])}") from error
    if unknown:
        raise SetupError(f"reading settings from the environment: {'; '.join(unknown)}")
    return settings


def data_folder(settings: Settings) -> Path:
    """Return the folder of everything that is written, made when it is missing; raises SetupError when that fails."""
    folder = settings.data
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not os.access(folder, os.W_OK | os.X_OK):
            raise PermissionError(13, "it cannot be written")
    except OSError as error:
        why = "a file is in its place" if isinstance(error, (FileExistsError, NotADirectoryError)) else error.strerror
        raise SetupError(
            f"making the data folder {folder.absolute()}: {why}; set CROSSCLAIM_DATA to a folder that you may write to"
        ) from error
    return folder


def names(model: type[BaseModel] = Settings, prefix: str = "") -> tuple[str, ...]:
    """Return every setting by its dotted name, sections included."""
    found: list[str] = []
    for name, field in model.model_fields.items():
        found.append(prefix + name)
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            found += names(field.annotation, f"{prefix}{name}.")
    return tuple(found)


def unknown_variables(environment: Iterable[str]) -> list[str]:
    """Return, for each variable CROSSCLAIM_… that is no setting, a sentence with the nearest one."""
    known = {f"{PREFIX}{name.replace('.', '__')}".upper() for name in names()} | set(OTHER_ENV)
    ours = sorted(name for name in environment if name.upper().startswith(PREFIX))
    return [
        f"{name}: there is no such setting{nearest(name, known)}"
        for name in ours
        if name.upper() not in known and not _FROM_KUBERNETES.search(name)
    ]


def _wrong(error: ValidationError) -> list[str]:
    """Sentences on what pydantic found; unknown variables of the environment are told by their own names."""
    variables = {name.upper() for name in os.environ}
    return [
        f"{dotted}: {wrong(each, _beside(dotted))}"
        for each in error.errors()
        for dotted in [".".join(map(str, each["loc"]))]
        if each["type"] != "extra_forbidden" or f"{PREFIX}{dotted.replace('.', '__')}".upper() not in variables
    ]


def _beside(dotted: str) -> list[str]:
    """The names that are allowed where `dotted` stands."""
    section = dotted.rpartition(".")[0]
    return [name.rpartition(".")[2] for name in names() if name.rpartition(".")[0] == section]


def _from(file: str | None) -> str:
    return f" from the environment and {file}" if file else " from the environment"
