"""Certificates for tests, made by openssl: an authority, and what it signed for 127.0.0.1."""

from __future__ import annotations

import subprocess
from pathlib import Path

from deploy.services import Tls

_EXTENSIONS = """\
basicConstraints = CA:FALSE
subjectAltName = IP:127.0.0.1
authorityKeyIdentifier = keyid
"""


def certificates(folder: Path, name: str) -> Tls:
    """Make an authority and a certificate of it for 127.0.0.1, valid for two days."""
    folder.mkdir(parents=True, exist_ok=True)
    authority, request = folder / "ca.crt", folder / "http.csr"
    files = Tls(folder / "http.crt", folder / "http.key", authority)
    new = ("-newkey", "rsa:2048", "-nodes")
    _openssl(
        "req", "-x509", *new, "-days", "2", "-subj", f"/CN={name}", "-keyout", folder / "ca.key", "-out", authority,
    )  # fmt: skip
    _openssl("req", *new, "-subj", "/CN=node", "-keyout", files.key, "-out", request)
    (folder / "extensions").write_text(_EXTENSIONS)
    _openssl(
        "x509", "-req", "-in", request, "-CA", authority, "-CAkey", folder / "ca.key", "-CAcreateserial", "-days", "2",
        "-extfile", folder / "extensions", "-out", files.certificate,
    )  # fmt: skip
    # the server's chain holds its authority, by which clients find the fingerprint that they were given
    files.certificate.write_text(files.certificate.read_text() + authority.read_text())
    return files


def fingerprint(certificate: Path) -> str:
    """Return the SHA-256 of a certificate, as openssl writes it."""
    return _openssl("x509", "-in", certificate, "-noout", "-fingerprint", "-sha256").strip().split("=")[1]


def _openssl(*arguments: str | Path) -> str:
    done = subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True, text=True, timeout=60)
    return done.stdout
