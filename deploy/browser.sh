#!/usr/bin/env bash
# The browser tests drive Debian's Chromium; install it where it is missing and we may.
set -euo pipefail
command -v chromium >/dev/null && exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
  echo "setting up: Chromium is missing; install it ('sudo apt-get install chromium'), then run this again" >&2
  exit 2
fi
echo "installing Chromium for the browser tests"
apt-get update -qq
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null
