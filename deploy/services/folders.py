"""The folder of one service: its data, its configuration, its log, and the random name that proves it is ours."""

import os
import secrets
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from deploy.services.errors import ServiceError


def own_folder(name: str, directory: Path | None) -> Path:
    """`directory`, made when missing; without one a new temporary folder."""
    if directory is None:
        return Path(tempfile.mkdtemp(prefix=f"crossclaim-{name}-"))
    directory.mkdir(parents=True, exist_ok=True)
    return directory.resolve()


def identity(folder: Path, make: Callable[[], str]) -> str:
    """The random name of this folder's cluster: made once, kept with the data, so that a restart is the same one."""
    file = folder / "identity"
    if not file.exists():
        file.write_text(make())
    return file.read_text().strip()


def random_name() -> str:
    """A cluster name that no other cluster has."""
    return f"crossclaim-{secrets.token_hex(8)}"


def give_to(user: int, folder: Path) -> None:
    """Hands a folder and all in it to a numeric user and group."""
    for directory, _, files in os.walk(folder):
        os.chown(directory, user, user)
        for file in files:
            os.chown(Path(directory) / file, user, user, follow_symlinks=False)


def link_tree(source: Path, target: Path) -> None:
    """The same files under another folder: by hard links, or copied where the two lie on different disks."""
    try:
        shutil.copytree(source, target, copy_function=os.link)
    except (OSError, shutil.Error):
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(source, target)
    for directory, _, _ in os.walk(target):
        Path(directory).chmod(0o755)


def check_reachable(folder: Path) -> None:
    """Raises unless every user may pass through all folders above `folder`."""
    for above in folder.parents:
        if not above.stat().st_mode & 0o001:
            raise ServiceError(
                f"preparing {folder}: Elasticsearch refuses to run as root, and the user it gets instead may not pass "
                f"through {above}; choose a folder elsewhere (under /var/lib or /tmp), or run this as another user"
            )
