"""`python -m deploy.env`: writes `.env` with the random passwords that `docker-compose.yml` asks for.

Readable by its owner only, and never overwritten: the passwords in it are those that the volumes were set up with.
"""

import argparse
import base64
import os
import secrets
import sys
import uuid
from pathlib import Path

_PASSWORD_BYTES = 24  # 192 bits, and 32 characters that need no quoting in a shell, a URL or JSON


def content() -> str:
    """The lines of a new `.env`: every secret and identity is made anew."""
    values = {
        "ELASTIC_PASSWORD": secrets.token_urlsafe(_PASSWORD_BYTES),
        "KIBANA_PASSWORD": secrets.token_urlsafe(_PASSWORD_BYTES),
        # Kibana wants at least 32 characters, and cannot read its saved secrets again with another key
        "KIBANA_ENCRYPTION_KEY": secrets.token_hex(32),
        "KAFKA_CLUSTER_ID": kafka_cluster_id(),
    }
    return "".join(f"{name}={value}\n" for name, value in values.items())


def kafka_cluster_id() -> str:
    """A random cluster id in Kafka's form: 16 bytes in URL-safe base64, not beginning like an option."""
    while (text := base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")).startswith("-"):
        continue
    return text


def write(path: Path) -> bool:
    """Writes a new file with mode 0600; False when there is one already, which is left as it is."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    with os.fdopen(descriptor, "w") as file:
        file.write(content())
    return True


def main(arguments: list[str] | None = None) -> int:
    """The command line; exit 0 = there is a file now, whether it was there before or not; 1 = it cannot be written."""
    parser = argparse.ArgumentParser(prog="python -m deploy.env", description=__doc__)
    parser.add_argument("--file", type=Path, default=Path(".env"), help="default: .env in the current folder")
    path: Path = parser.parse_args(arguments).file
    try:
        written = write(path)
    except OSError as error:
        print(f"writing {path}: {error.strerror}; run this in the checkout, as its owner", file=sys.stderr)
        return 1
    print(f"{path}: written with new passwords" if written else f"{path}: kept, it was there already")
    return 0


if __name__ == "__main__":
    sys.exit(main())
