# What a person of this checkout types. Each target does its own set-up first; a second call finds it done.
# Works with GNU make 3.81 and later, and in folders with spaces in their names: every path here is relative.

VENV := .venv
BIN := $(VENV)/bin
RUNTIME := $(VENV)/.installed-runtime
DEV := $(VENV)/.installed-dev
MINUTES ?= 3

# A virtual environment does not survive being moved or copied: forget that it was installed.
$(shell [ "$$(cat $(VENV)/.complete 2>/dev/null)" = "$$(pwd -P)" ] || rm -rf $(VENV)/.complete $(RUNTIME) $(DEV))

# The text goes on as it was typed: `$`, quotes and all. Exporting QUESTION itself would expand it.
unexport QUESTION
export BUSTER_QUESTION = $(value QUESTION)
export PORT

.DEFAULT_GOAL := help
.PHONY: help demo dev test check bench chaos stop lock clean
.DELETE_ON_ERROR:

help: ## List the targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{ printf "%-14s %s\n", $$1, $$2 }'

demo: $(RUNTIME) ## Ask the flights database a question: make demo QUESTION="…"
	@$(BIN)/buster-jobs demo

dev: $(RUNTIME) ## Open the UI on http://127.0.0.1:3000 (PORT=… for another port); Ctrl-C ends it
	@exec $(BIN)/buster-jobs dev

# Half of the time is waiting, so two processes are soon worth it. The storm comes first: it is the longest.
test: $(DEV) ## Run the tests
	@$(BIN)/python -m pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder

check: $(DEV) ## Lint, formatting, types, import rules, and Dagster's own check of the definitions
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	PYRIGHT_PYTHON_IGNORE_WARNINGS=1 $(BIN)/pyright --pythonpath $(BIN)/python
	$(BIN)/lint-imports
	VIRTUAL_ENV="$$PWD/$(VENV)" DAGSTER_DISABLE_TELEMETRY=1 $(BIN)/dg check defs

bench: $(DEV) ## Measure against plain Dagster; takes about fifteen minutes (BENCH_DATABASE_URL=… adds a PostgreSQL server)
	@for name in run_latency run_throughput triggers interference history_growth suspended_runs idle; do $(BIN)/python -m benchmarks.$$name || exit 1; done

chaos: $(DEV) ## Kill everything while jobs run, and check that none is lost (MINUTES=20, SEED=…, WITHOUT=fence)
	@$(BIN)/python -m buster_jobs_tests.chaos --minutes $(MINUTES) $(if $(SEED),--seed $(SEED)) $(if $(WITHOUT),--without $(WITHOUT))

stop: ## End every process of this checkout: UI, daemon, code servers, runs, embedded PostgreSQL
	@if [ -e $(RUNTIME) ]; then $(BIN)/buster-jobs stop; else echo "Nothing is running: this checkout is not set up yet."; fi

lock: ## Resolve the newest versions that pyproject.toml allows, and write the lock files
	@sh scripts/lock.sh

clean: stop ## Stop, then delete the virtual environment and caches; data in .buster stays
	@rm -rf $(VENV) uv.lock .pytest_cache .ruff_cache .import_linter_cache .hypothesis dist .tmp_dagster_home_*
	@find buster_jobs buster_jobs_tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(RUNTIME): pyproject.toml requirements.lock requirements-build.lock requirements-demo.lock requirements-uv.lock scripts/install.sh
	@sh scripts/install.sh requirements.lock
	@touch $@

# Same versions and more: requirements-dev.lock is resolved on top of requirements.lock.
$(DEV): requirements-dev.lock $(RUNTIME)
	@sh scripts/install.sh requirements-dev.lock
	@touch $@
