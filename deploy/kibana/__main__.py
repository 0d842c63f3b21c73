"""`python -m deploy.kibana` writes schemas/kibana/ anew; with --check it only says what differs (exit code 1)."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Final

from deploy.kibana.dashboards import everything
from deploy.kibana.rules import rules

FOLDER: Final = Path(__file__).resolve().parents[2] / "schemas" / "kibana"


def files() -> dict[str, str]:
    """Return the text of each file by its name."""
    lines = [json.dumps(each, ensure_ascii=False, sort_keys=True) for each in everything()]
    bodies = [{"id": rule.id, "body": rule.body} for rule in rules()]
    return {
        "objects.ndjson": "".join(f"{line}\n" for line in lines),
        "rules.json": json.dumps(bodies, ensure_ascii=False, indent=2, sort_keys=True) + "\n",
    }


def main() -> int:
    """Write the files that differ."""
    parser = argparse.ArgumentParser(prog="python -m deploy.kibana", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing")
    check = parser.parse_args().check
    FOLDER.mkdir(parents=True, exist_ok=True)
    differing = [name for name, text in files().items() if _kept(FOLDER / name) != text]
    for name in differing:
        if not check:
            (FOLDER / name).write_text(files()[name], encoding="utf-8")
        sys.stdout.write(f"{'differs' if check else 'written'}: {FOLDER / name}\n")
    return 1 if check and differing else 0


def _kept(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None


if __name__ == "__main__":
    raise SystemExit(main())
