"""A connection to Elasticsearch by the settings: address, certificates, who we are. Secrets are in no error."""

from __future__ import annotations

import re
import socket
import ssl
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

from elastic_transport import ConnectionError as Unreachable
from elastic_transport import TlsError, Urllib3HttpNode
from elastic_transport._node._base import NodeApiResponse
from elasticsearch import Elasticsearch

from pipeline.config import Elasticsearch as Settings
from pipeline.errors import SetupError

_DOING = "connecting to Elasticsearch"
_SET = "CROSSCLAIM_ELASTICSEARCH__"
_FINGERPRINT = re.compile(r"([0-9a-fA-F]{2}:?){31}[0-9a-fA-F]{2}")
_KEY = re.compile(r"[\w+/=:.~-]+", re.ASCII)
_PROBE_SECONDS = 2.0


class Node(Urllib3HttpNode):
    """A connection that says which setting is wrong when it cannot be made safely."""

    def perform_request(self, *arguments: Any, **named: Any) -> NodeApiResponse:
        """Send a request. Raises SetupError where waiting does not help."""
        try:
            return super().perform_request(*arguments, **named)
        except TlsError as error:
            wrong = _about(self.host, self.port, str(error))
            if wrong is None:  # a server that is just restarting breaks handshakes off
                raise
            raise SetupError(f"{_DOING}: {wrong}") from None
        except Unreachable:
            if self.scheme == "http" and _speaks_tls(self.host, self.port):
                raise SetupError(
                    f"{_DOING}: {self.host}:{self.port} takes https only; set {_SET}URL to "
                    f"https://{self.host}:{self.port}, and {_SET}CA_CERTS to its certificate authority"
                ) from None
            raise


def connect(settings: Settings) -> Elasticsearch:
    """Return a client; whether the server answers shows with the first call.

    Raises SetupError for a wrong address, files that are not there, and settings that contradict each other.
    """
    address = _address(settings.url)
    port = address.port or (443 if address.scheme == "https" else 9200)
    host = f"[{address.hostname}]" if ":" in (address.hostname or "") else address.hostname
    return Elasticsearch(
        f"{address.scheme}://{host}:{port}{address.path}",
        request_timeout=settings.timeout_seconds,
        max_retries=0,  # we retry ourselves, where we know what is safe and when to stop
        node_class=Node,
        **_identity(settings),
        **_certificates(settings, address.scheme),
    )


def _address(url: str) -> SplitResult:
    try:
        address = urlsplit(url)
        if address.scheme in ("http", "https") and address.hostname and (address.port is None or address.port):
            if address.username or address.password:
                raise SetupError(
                    f"{_DOING}: the address of {address.hostname} holds a user or a password, which would get into "
                    f"logs; set {_SET}USER and {_SET}PASSWORD, and leave them out of {_SET}URL"
                )
            return address
    except ValueError:
        pass
    shown = url if "@" not in url else "what is set"
    raise SetupError(f"{_DOING}: {shown!r} is no address; set {_SET}URL to one like http://127.0.0.1:9200")


def _identity(settings: Settings) -> dict[str, Any]:
    """How we say who we are: by key, by user and password, or not at all."""
    if settings.api_key and settings.password:
        raise SetupError(f"{_DOING}: both {_SET}API_KEY and {_SET}PASSWORD are set; set the one, and remove the other")
    if settings.api_key:
        key = settings.api_key.get_secret_value().strip()
        if not _KEY.fullmatch(key):  # a wrong character would be told by the HTTP library, the whole key with it
            raise SetupError(f"{_DOING}: {_SET}API_KEY is no key; `crossclaim setup --api-key worker` prints one")
        return {"api_key": key}
    return {"basic_auth": (settings.user, settings.password.get_secret_value())} if settings.password else {}


def _certificates(settings: Settings, scheme: str) -> dict[str, Any]:
    """What https needs. Given with http it is a mistake: somebody believes that nobody can listen."""
    given = {
        "CA_CERTS": settings.ca_certs,
        "CA_FINGERPRINT": settings.ca_fingerprint,
        "CLIENT_CERT": settings.client_cert,
        "CLIENT_KEY": settings.client_key,
    }
    names = [f"{_SET}{name}" for name, value in given.items() if value]
    if scheme == "http":
        if names:
            raise SetupError(
                f"{_DOING}: {' and '.join(names)} {'is' if len(names) == 1 else 'are'} set, but {_SET}URL begins with "
                "http:, where nothing is encrypted; let it begin with https:"
            )
        return {}
    _check(settings)
    found: dict[str, Any] = {"verify_certs": settings.verify_certs, "ssl_show_warn": False}
    if settings.ca_certs:
        found["ca_certs"] = str(settings.ca_certs)
    if settings.ca_fingerprint:
        found["ssl_assert_fingerprint"] = settings.ca_fingerprint.replace(":", "").lower()
    if settings.client_cert:
        found |= {"client_cert": str(settings.client_cert), "client_key": str(settings.client_key)}
    return found


def _check(settings: Settings) -> None:
    """Raise SetupError for files that cannot be used, and for settings that exclude each other."""
    if settings.ca_fingerprint and (settings.ca_certs or not settings.verify_certs):
        raise SetupError(
            f"{_DOING}: {_SET}CA_FINGERPRINT takes the place of {_SET}CA_CERTS and is of no use with "
            f"{_SET}VERIFY_CERTS=false; keep only one of them"
        )
    if settings.ca_fingerprint and not _FINGERPRINT.fullmatch(settings.ca_fingerprint):
        raise SetupError(
            f"{_DOING}: {_SET}CA_FINGERPRINT is no SHA-256, 64 hexadecimal digits; "
            "`openssl x509 -fingerprint -sha256 -noout -in http_ca.crt` prints it"
        )
    if bool(settings.client_cert) != bool(settings.client_key):
        raise SetupError(f"{_DOING}: {_SET}CLIENT_CERT and {_SET}CLIENT_KEY go together; set both, or none")
    if settings.ca_certs:
        _loaded("CA_CERTS", settings.ca_certs, lambda context, file: context.load_verify_locations(file))
    if settings.client_cert and settings.client_key:
        key = settings.client_key
        _read("CLIENT_KEY", key)
        _loaded("CLIENT_CERT", settings.client_cert, lambda context, file: context.load_cert_chain(file, key))


def _loaded(name: str, file: Path, load: Any) -> None:
    _read(name, file)
    try:
        load(ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT), file)
    except (ssl.SSLError, OSError) as error:
        raise SetupError(
            f"{_DOING}: {file}, which {_SET}{name} names, holds no certificates as PEM, or not those of its key "
            f"({getattr(error, 'reason', None) or 'unreadable'}); name the right file"
        ) from error


def _read(name: str, file: Path) -> None:
    try:
        file.open("rb").close()
    except OSError as error:
        raise SetupError(
            f"{_DOING}: {file}, which {_SET}{name} names, cannot be read ({error.strerror}); name a file that can"
        ) from error


def _about(host: str, port: int, reason: str) -> str | None:
    """What is wrong with an encrypted connection, and which setting mends it; None for what may pass."""
    at = f"{host}:{port}"
    low = reason.lower()
    if "wrong_version_number" in low or "record layer" in low or "http_request" in low:
        return f"{at} does not take https; let {_SET}URL begin with http:, or switch https on in Elasticsearch"
    if "fingerprint" in low:
        return f"the certificate of {at} has another fingerprint; set {_SET}CA_FINGERPRINT to that of its authority"
    if "hostname" in low or "ip address mismatch" in low or "doesn't match" in low:
        return f"the certificate of {at} is for another name; use in {_SET}URL the name that it is made for"
    if "expired" in low:
        return f"the certificate of {at} has run out; have it renewed"
    if "certificate_required" in low or "bad_certificate" in low or "handshake_failure" in low:
        return f"{at} asks us for a certificate; set {_SET}CLIENT_CERT and {_SET}CLIENT_KEY"
    if "certificate_verify_failed" in low or "self-signed" in low or "self signed" in low:
        return (
            f"the certificate of {at} is of an authority that is not trusted here; set {_SET}CA_CERTS to that "
            "authority's certificate (of Elasticsearch's own: config/certs/http_ca.crt)"
        )
    return None


def _speaks_tls(host: str, port: int) -> bool:
    """Whether a server that broke off our plain request takes an encrypted one. Nothing is sent to it."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    try:
        with socket.create_connection((host, port), _PROBE_SECONDS) as plain, context.wrap_socket(plain):
            return True
    except ssl.SSLError as error:
        return "CERTIFICATE_REQUIRED" in str(error)
    except OSError:
        return False
