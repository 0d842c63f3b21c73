"""A command that has done its work ends, whatever it started."""

from __future__ import annotations

import subprocess
import sys

LINGERING = """
import threading, time
from pipeline import cli
threading.Thread(target=time.sleep, args=(60,)).start()
print("done")
cli._end(3)
"""


def test_what_lingers_does_not_hold_up_the_end() -> None:
    ended = subprocess.run([sys.executable, "-c", LINGERING], capture_output=True, text=True, timeout=30, check=False)
    assert (ended.returncode, ended.stdout) == (3, "done\n")
