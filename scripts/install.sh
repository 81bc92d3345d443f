#!/bin/sh
# Install a lock file and this project into .venv, which is made if it is missing. Called by the Makefile.
# Everything that is downloaded is checked against the hashes in the lock files, the build tools too.
set -eu

requirements=$1
python=.venv/bin/python

say() { printf '%s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

is_new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

find_python() {
    if [ -n "${PYTHON:-}" ]; then
        is_new_enough "$PYTHON" || fail "PYTHON=$PYTHON is not a working Python 3.11 or newer: name another."
        echo "$PYTHON"
        return
    fi
    # A name on the PATH may be a stub of a version manager, so each is tried.
    for candidate in python3.13 python3.12 python3.11 python3 python; do
        if is_new_enough "$candidate"; then echo "$candidate"; return; fi
    done
    found=$(python3 --version 2>/dev/null || echo "no Python")
    fail "Python 3.11 or newer is needed, and there is $found here: install it, or say where it is with make PYTHON=/path/to/python3."
}

make_venv() {
    if [ -e .venv/.complete ] && is_new_enough "$python"; then return; fi
    base=$(find_python)
    say "Making .venv with $("$base" --version) …"
    rm -rf .venv
    if command -v uv >/dev/null 2>&1; then
        uv venv --quiet --no-config --python "$(command -v "$base")" .venv
    else
        "$base" -m venv .venv >&2 ||
            fail "$base cannot make a virtual environment: install its venv module (on Debian: apt-get install python3-venv), or uv."
    fi
    # Its scripts hold this path: a checkout that was moved needs a new one. The Makefile compares.
    pwd -P >.venv/.complete
}

find_uv() {
    if command -v uv >/dev/null 2>&1; then echo uv; return; fi
    if [ ! -x .venv/bin/uv ]; then
        say "Installing uv …"
        "$python" -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-uv.lock >&2 || true
    fi
    if [ -x .venv/bin/uv ]; then echo .venv/bin/uv; fi
}

install() {
    # --no-deps: a lock file is complete, so there is nothing to resolve. --compile-bytecode, as pip does: else the first
    # start of every program would do it, or each start where Python may not write its cache.
    if [ -n "$uv" ]; then
        "$uv" pip install --python "$python" --compile-bytecode --no-deps --no-build-isolation "$@"
    else
        "$python" -m pip install --disable-pip-version-check --no-deps --no-build-isolation "$@"
    fi
}

make_venv
uv=$(find_uv)
[ -n "$uv" ] || say "uv could not be installed: going on with pip, which is slower."
say "Installing $requirements …"
install --require-hashes -r "$requirements" -r requirements-build.lock
install --quiet --require-hashes -r requirements-demo.lock
install --quiet -e .
