#!/bin/sh
# Writes the lock files anew from pyproject.toml. Needs uv, and npm for the one of packaging/peers. The files name no
# address, so that the same lock serves behind any mirror; the hashes, not the place a file came from, say that it is
# the right one.
# `lock.sh --upgrade` also takes newer versions; without it only what pyproject.toml demands moves.
set -eu
cd "$(dirname "$0")/.."

compile() {
    target=$1
    shift
    # --no-config: a developer's own uv settings must not leak into the lock.
    uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-emit-find-links --no-header --output-file "$target" "$@" >/dev/null
}

compile packaging/requirements.txt pyproject.toml "$@"
# The test lock is held to the program's versions, so that what is tested is what is shipped.
compile packaging/requirements-test.txt pyproject.toml --group test --constraints packaging/requirements.txt "$@"
# Others' servers share nothing with the program, not even versions.
compile packaging/requirements-peers.txt --group peers "$@"
npm install --package-lock-only --omit-lockfile-registry-resolved --ignore-scripts --no-audit --no-fund --prefix packaging/peers
