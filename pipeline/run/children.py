"""The parts as processes of their own: started, watched, started again when they die, ended in order."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

from pipeline.errors import SetupError
from pipeline.run.broker import die_with_parent

STOP_SECONDS = 9.0
"""How long the parts have to end in good order, all together, before they are killed."""

MAX_RESTARTS = 5
RESTART_WINDOW_SECONDS = 120.0
"""A part that dies more often than MAX_RESTARTS times within the window has a defect that no restart mends."""


@dataclass
class Child:
    """One part: its name, its command line after `crossclaim`, and its process."""

    name: str
    arguments: Sequence[str]
    restart: bool = True
    process: subprocess.Popen[str] | None = None
    deaths: list[float] = field(default_factory=list)


class Children:
    """Starts parts and keeps them running. Logs go to files in `logs`; lines on standard output to `on_line`."""

    def __init__(self, logs: Path, environment: Mapping[str, str], on_line: Callable[[str], None]) -> None:
        self._logs, self._environment, self._on_line = logs, dict(environment), on_line
        self._children: list[Child] = []

    def start(self, name: str, *arguments: str, restart: bool = True) -> Child:
        """Start `crossclaim ARGUMENTS…` under a name."""
        child = Child(name, arguments, restart)
        self._children.append(child)
        self._spawn(child)
        return child

    def watch(self) -> None:
        """Start again what died; raises SetupError for a part that keeps dying, with the end of its log."""
        for child in self._children:
            process = child.process
            if process is None or process.poll() is None or not child.restart:
                continue
            now = monotonic()
            child.deaths = [death for death in child.deaths if now - death < RESTART_WINDOW_SECONDS] + [now]
            if process.returncode == 2 or len(child.deaths) > MAX_RESTARTS:
                raise SetupError(
                    f"running {child.name}: it ended with {process.returncode}, {len(child.deaths)} time(s) in the "
                    f"last minutes; its log, {self.log(child)}, ends:\n{self.tail(child)}"
                )
            self._spawn(child)

    def stop(self) -> None:
        """End all parts: ask, wait, then kill."""
        running = [c.process for c in reversed(self._children) if c.process and c.process.poll() is None]
        for process in running:
            process.send_signal(signal.SIGTERM)
        deadline = monotonic() + STOP_SECONDS
        for process in running:
            try:
                process.wait(max(0.0, deadline - monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def log(self, child: Child) -> Path:
        """Return the file that a part logs to."""
        return self._logs / f"{child.name}.log"

    def tail(self, child: Child, lines: int = 15) -> str:
        """Return the last lines of a part's log."""
        return "\n".join(self.log(child).read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])

    def _spawn(self, child: Child) -> None:
        self._logs.mkdir(parents=True, exist_ok=True)
        with self.log(child).open("ab") as log:
            child.process = subprocess.Popen(  # noqa: S603 - our own program
                [sys.executable, "-m", "pipeline.cli", *child.arguments],
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                env={**os.environ, **self._environment},
                start_new_session=True,  # Ctrl-C reaches the supervisor alone, which then ends the parts in order
                preexec_fn=die_with_parent,
            )
        threading.Thread(target=self._read, args=(child.process,), daemon=True).start()

    def _read(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            self._on_line(line.rstrip("\n"))
