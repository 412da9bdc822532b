# Each target does its own set-up. `make report` and `make test` are all a newcomer needs.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
DEMO   := outputs/demo

.PHONY: report test check lab lint types fast bench lock clean

report: $(DEMO)/dataset/dataset.json
	$(BIN)/kbkit run parameters/demo.yaml

# The exports and their dataset are made anew only when the code that makes them has changed.
$(DEMO)/truth.json: $(READY) $(wildcard kbkit/demo/*.py)
	$(BIN)/kbkit demo --out $(DEMO)

$(DEMO)/dataset/dataset.json: $(DEMO)/truth.json \
		$(foreach room,ingest matching quality dataset prepare,$(wildcard kbkit/$(room)/*.py))
	$(BIN)/kbkit prepare $(DEMO)/exports --out $(DEMO)/dataset

test: $(READY)
	$(BIN)/python -m pytest -n 2 --dist loadscope

check: lint types fast

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/nbstripout --keep-id --verify notebooks/*.ipynb

types: $(READY)
	$(BIN)/mypy

fast: $(READY)
	$(BIN)/python -m pytest -m "not slow" -n 2

# One subject after another, never side by side, half an hour in all. Each prints a table and writes
# outputs/bench/<subject>.json.
bench: $(READY)
	$(BIN)/python -m tests.bench.reading
	$(BIN)/python -m tests.bench.analysis
	$(BIN)/python -m tests.bench.figures
	$(BIN)/python -m tests.bench.kernels
	$(BIN)/python -m tests.bench.batches
	$(BIN)/python -m tests.bench.national

lab: $(READY)
	$(BIN)/jupyter lab --notebook-dir .

# Exact versions and hashes for every system, without download addresses.
lock: $(READY)
	$(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 \
		--generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links \
		--output-file requirements.lock

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "kbkit membutuhkan Python 3.11 atau lebih baru / kbkit needs Python 3.11 or newer"; exit 2; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

clean:
	rm -rf $(VENV) $(DEMO)
