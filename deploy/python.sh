#!/usr/bin/env bash
# Make the virtual environment: exactly the locked packages, and the commands of this checkout.
# Usage: python.sh PYTHON VENV UV_VERSION
set -euo pipefail
python=$1 venv=$2 uv_version=$3

if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
  echo "setting up: '$python' is missing or older than Python 3.11; install it, or name one: make run PYTHON=python3.12" >&2
  exit 2
fi
echo "setting up $venv (once; about a minute)"
[ -x "$venv/bin/python" ] || "$python" -m venv "$venv"
[ -x "$venv/bin/uv" ] || "$venv/bin/python" -m pip install --quiet --disable-pip-version-check "uv==$uv_version"
"$venv/bin/uv" pip sync --quiet --python "$venv/bin/python" --require-hashes requirements.lock
"$venv/bin/uv" pip install --quiet --python "$venv/bin/python" --no-deps --no-build-isolation -e .
