# `make up` shows the platform, `make test` checks all of it. Debian 12 with python3 and make is enough:
# everything else is installed here, from lists with hashes, and only when a list has changed.

SHELL       := bash
.SHELLFLAGS := -eu -o pipefail -c
PYTHON      ?= python3
PORT        ?= 8000
# One more worker than cores: some always wait for a browser or a server.
WORKERS     ?= $(shell echo $$(($$(nproc) + 1)))
export PORT
# A shell that forbids bytecode would have every process compile every package at every start.
unexport PYTHONDONTWRITEBYTECODE
BIN         := .venv/bin
# Without bytecode an installation takes two thirds of the time; Python writes what it needs on first use.
PIP         := $(BIN)/python -m pip install --disable-pip-version-check --no-input --no-compile
TELL        := sed -u -n -e 's/^Collecting \([^ ;]*\).*/  \1/p'
# A root of a fresh machine gets what is missing; anybody else is told what to ask for.
define need
if [ "$$(id -u)" = 0 ]; then \
  echo "Installing Debian's $(1)…"; \
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(1) >/dev/null; \
else echo "Debian's $(1) is missing. Ask an administrator for: apt-get install $(1)" >&2; exit 4; fi
endef

.DEFAULT_GOAL := help
.PHONY: help install up check lint test test-hub spark test-spark bench calibrate docs messages lock chromium java pango clean

help:
	@echo "make up       install what is missing, make the demo region, serve on 127.0.0.1:$(PORT)"
	@echo "make test     every check and every test, as CI runs them"
	@echo "make test-hub the hub's own tests alone, which make test ends with"
	@echo "make check    lint, types, contracts and the house rules: what the commit hook runs"
	@echo "make spark    Apache Spark and Java, for plug signals run --engine spark; make test-spark checks them"
	@echo "make bench    the promised speeds, measured here (NAME=signals|import|pages|projects|start|… for one)"
	@echo "make calibrate  each way to compare, tried a thousand times where the truth is known (N=100 for fewer, KEPT=FILE to go on)"
	@echo "make docs     the documentation, in site/"
	@echo "make messages put every new Swedish text into its English file, to be translated"
	@echo "make lock     new versions into requirements/, at least a week old"

install: $(BIN)/.run

up: $(BIN)/.run
	@exec $(BIN)/plug up

check: lint
	$(BIN)/pytest tests/house -q

lint: $(BIN)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check --quiet .
	$(BIN)/lint-imports
	$(BIN)/mypy

test: lint docs chromium pango
	$(BIN)/pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder --durations=40
	@$(MAKE) --no-print-directory test-hub

# The hub is a Django project of its own, with settings of its own; a process of pytest has one.
test-hub: $(BIN)/.dev chromium
	$(BIN)/pytest -c tests/hub/pytest.ini -n 2 --dist loadfile --durations=10 tests/hub

spark: $(BIN)/.spark java

# One worker, since Spark takes both cores itself; and its quick compiler, since every engine here lives for a minute. That
# compiler alone gets little room for what it writes; when it is full, Java goes on at a crawl or not at all.
test-spark: spark
	JAVA_TOOL_OPTIONS="-XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=512m" $(BIN)/pytest tests/spark

bench: $(BIN)/.dev
	@for name in $(or $(NAME),signals snapshots import feed pages access refused rules simulate evidence support projects hub start); do $(BIN)/plug bench $$name; done

# One thread each: two processes share the cores.
calibrate: $(BIN)/.dev
	@OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m benchmarks.calibrate $(or $(N),1000) $(if $(KEPT),--kept $(KEPT))

docs: $(BIN)/.dev
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

messages: $(BIN)/.dev
	$(BIN)/python -m tests.house.messages

# What is younger than a week stays out: most poisoned releases are found within days.
LOCK := uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
        --upgrade --exclude-newer "1 week"
lock:
	$(LOCK) pyproject.toml --extra build -o requirements/run.txt
	$(LOCK) pyproject.toml --extra build --extra dev -c requirements/run.txt -o requirements/dev.txt
	$(LOCK) pyproject.toml --extra build --extra dev --extra spark -c requirements/dev.txt -o requirements/spark.txt

clean:
	rm -rf .venv site build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

chromium:
	@command -v chromium >/dev/null || { $(call need,chromium); }

java:
	@command -v java >/dev/null || { $(call need,openjdk-17-jre-headless); }

# What WeasyPrint draws letters with. Without it an extract can be had as JSON only, so nothing else waits for it.
pango:
	@ls /usr/lib/*/libpangoft2-1.0.so.0 >/dev/null 2>&1 || { $(call need,libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0); }

# Debian ships venv without pip until python3-venv is there; a half-made folder is made anew.
$(BIN)/python:
	@$(PYTHON) -m venv .venv >/dev/null 2>&1 || { $(call need,python3-venv); $(PYTHON) -m venv --clear .venv; }

$(BIN)/.run: requirements/run.txt pyproject.toml $(shell find src -name '*.po') | $(BIN)/python
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip >/dev/null
	@{ $(MAKE) -s --no-print-directory pango || true; } & \
	if ! cmp -s requirements/run.txt $@.list; then \
	  echo "Installing the packages it runs on (230 MB, half a minute)…"; \
	  $(PIP) --only-binary :all: --require-hashes -r requirements/run.txt | $(TELL); fi; wait
	@$(PIP) -q --no-deps --no-build-isolation --editable .
	@for po in $$(find src -name '*.po'); do $(BIN)/pybabel -q compile -l en -i $$po -o $${po%.po}.mo; done
	@cp requirements/run.txt $@.list; touch $@

$(BIN)/.dev: requirements/dev.txt $(BIN)/.run
	@if ! cmp -s requirements/dev.txt $@.list; then \
	  echo "Installing what the tests need…"; \
	  $(PIP) --only-binary :all: --require-hashes -r requirements/dev.txt | $(TELL); fi
	@cp requirements/dev.txt $@.list; touch $@

# PySpark is the one package without a wheel. What builds it comes first, from the same list.
$(BIN)/.spark: requirements/spark.txt $(BIN)/.dev
	@if ! cmp -s requirements/spark.txt $@.list; then \
	  echo "Installing Apache Spark (430 MB, a minute)…"; \
	  sed -n '/^setuptools==/,/[^\\]$$/p' requirements/spark.txt > $@.first; \
	  $(PIP) -q --only-binary :all: --require-hashes -r $@.first; \
	  $(PIP) --only-binary :all: --no-binary pyspark --no-build-isolation --require-hashes -r requirements/spark.txt \
	    | $(TELL); fi
	@cp requirements/spark.txt $@.list; touch $@
