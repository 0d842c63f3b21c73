"""`python -m deploy.env`: writes `.env` with the random passwords that `docker-compose.yml` asks for.

Readable by its owner only, and never overwritten: the passwords in it are those that the volumes were set up with. What
a newer version asks for beside them is added.
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
        # Elasticsearch's users of the workers and the board, who may do less than `elastic`
        "WORKER_PASSWORD": secrets.token_urlsafe(_PASSWORD_BYTES),
        "READER_PASSWORD": secrets.token_urlsafe(_PASSWORD_BYTES),
        # whoever opens the board gives it once: http://127.0.0.1:8600/?token=…
        "BOARD_TOKEN": secrets.token_urlsafe(_PASSWORD_BYTES),
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
    """Writes a new file with mode 0600; False when there is one already, which keeps every value that it has."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    with os.fdopen(descriptor, "w") as file:
        file.write(content())
    return True


def add_missing(path: Path) -> list[str]:
    """Adds the values that a file of an older version lacks; returns their names."""
    kept = path.read_text()
    names = {line.split("=")[0] for line in kept.splitlines()}
    lines = [line for line in content().splitlines() if line.split("=")[0] not in names]
    if lines:
        with path.open("a") as file:
            file.write("" if kept.endswith("\n") or not kept else "\n")
            file.write("".join(f"{line}\n" for line in lines))
    return [line.split("=")[0] for line in lines]


def main(arguments: list[str] | None = None) -> int:
    """The command line; exit 0 = there is a file now, whether it was there before or not; 1 = it cannot be written."""
    parser = argparse.ArgumentParser(prog="python -m deploy.env", description=__doc__)
    parser.add_argument("--file", type=Path, default=Path(".env"), help="default: .env in the current folder")
    path: Path = parser.parse_args(arguments).file
    try:
        written = write(path)
        added = [] if written else add_missing(path)
    except OSError as error:
        print(f"writing {path}: {error.strerror}; run this in the checkout, as its owner", file=sys.stderr)
        return 1
    kept = f"kept, and {', '.join(added)} added" if added else "kept, it was there already"
    print(f"{path}: {'written with new passwords' if written else kept}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
