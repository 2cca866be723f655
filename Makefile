# Two commands matter: `make run` brings the hotline up, `make test` proves it. Both install what they need into this folder.
SHELL := /bin/sh
PYTHON ?= python3
export UV_PROJECT_ENVIRONMENT := .venv
# Bytecode is made at install; without it every start of the engine takes three times as long.
unexport PYTHONDONTWRITEBYTECODE

# uv: the machine's own, else the one of deploy/uv.txt from PyPI, in a folder of ours.
UV := $(shell command -v uv >/dev/null 2>&1 && uv --version >/dev/null 2>&1 && echo uv || echo .uv/bin/uv)
STAMP := .venv/.installed

.PHONY: run test fast soak night privacy fuzz lint format sbom audit clean help hooks update
.DEFAULT_GOAL := run

run: $(STAMP)
	@.venv/bin/quietline run

# A worker for each core: every one has a Redis, a browser and ports of its own.
PARALLEL := -n auto --maxprocesses 8 --dist loadgroup

test: $(STAMP)
	@command -v chromium >/dev/null || { echo "The browser tests need Chromium: apt-get install chromium chromium-headless-shell fonts-noto-core docker-compose;" \
	  "without it: make fast" >&2; exit 1; }
	@.venv/bin/quietline train
	@.venv/bin/python -m pytest $(PARALLEL) --cov --cov-report=term

fast: $(STAMP)
	@.venv/bin/python -m pytest $(PARALLEL) --ignore tests/bot/rasa -m "not rasa and not browser and not process and not long"

# All doors at once, while gateway and engine are killed again and again; then everything is counted.
soak: $(STAMP)
	@.venv/bin/quietline train
	@KILLS=$${KILLS:-200} .venv/bin/python -m pytest -s --timeout=0 tests/test_soak.py

# A night at the desk, fast: two hundred persons, six operators, gateways that die; then nobody may have been forgotten.
night: $(STAMP)
	@NIGHT=1 .venv/bin/python -m pytest -s --timeout=0 tests/desk/test_night.py -k after_a_night

# Each parser that takes bytes from outside, for SECONDS; docs/security.md has the figures. Its tools lie in an environment of their own.
fuzz: $(STAMP) | $(UV)
	@UV_PROJECT_ENVIRONMENT=var/fuzz/venv $(UV) sync --quiet --locked --group fuzz --python '>=3.12,<3.14'
	@nice -n 15 var/fuzz/venv/bin/python -m tests.fuzzing.long_run $${SECONDS:-120} $${TARGETS:-}
	@nice -n 15 var/fuzz/venv/bin/python -m tests.fuzzing.detector_run $${SECONDS:-120}

# Everything that could name somebody goes through every door and every fault; then all that is left is searched, and shown.
privacy: $(STAMP)
	@.venv/bin/quietline train
	@.venv/bin/python -m pytest -q -s -m privacy $$(grep -rl "mark\.privacy" tests --include="test_*.py")

lint: $(STAMP)
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/lint-imports --no-logo
	@.venv/bin/mypy

format: $(STAMP)
	@.venv/bin/ruff check --fix .
	@.venv/bin/ruff format .

# What is in a release: each package that runs, with hashes and licences.
sbom: $(STAMP) | $(UV)
	@mkdir -p var
	@$(UV) export --quiet --locked --no-dev --format cyclonedx1.5 --output-file var/sbom.cdx.json > /dev/null
	@.venv/bin/python -m commands.deploy.sbom var/sbom.cdx.json

# Known holes in what is locked, as OSV knows them: it needs a way to api.osv.dev, or a file that was fetched elsewhere.
# Judged, with the reason in docs/security.md: pytest.
JUDGED := CVE-2025-71176
ifdef ADVISORIES
audit: $(STAMP)
	@.venv/bin/python -m commands.deploy.advisories "$(ADVISORIES)" $(JUDGED)
else
audit: | $(UV)
	@$(UV) audit --locked $(addprefix --ignore ,$(JUDGED)) || { [ $$? = 1 ] || echo "OSV gave no answer, so nothing was checked. Without a way to api.osv.dev:" \
	  "make audit ADVISORIES=FILE (docs/security.md says where to get one)." >&2; exit 1; }
endif

$(STAMP): pyproject.toml uv.lock .python-version | $(UV)
	@test -d "$${QUIETLINE_VAR:-var}/models" || echo "A first start takes about two minutes on two cores:" \
	  "installing 1, then the model. Later starts take seconds."
	@echo "Installing what Quietline needs into .venv …"
# Where there is no terminal, uv is quiet for as long as it fetches. The loop also ends with a shell that was killed.
	@[ -t 2 ] || { s=0; while sleep 9 && kill -0 $$$$ 2>/dev/null; do \
	  s=$$((s + 9)); echo "Installing: $$s seconds so far (about 60 in all on two free cores)."; done & beat=$$!; }; \
	$(UV) sync --locked --compile-bytecode || $(UV) sync --locked --compile-bytecode --python '>=3.11,<3.14'; \
	code=$$?; [ -z "$$beat" ] || kill $$beat; exit $$code
	@touch $@

## run      bring the hotline up and print where to go
## test     prove it: all tests
## fast     the tests that need no model, no browser, no process of their own, and no half second
## soak     use all doors at once while gateway and engine are killed again and again
## night    play a night at the desk
## privacy  search everything that is left of somebody who was at every door
## fuzz     throw bytes at every parser for SECONDS each (120), led by coverage
## lint     check style and types
## format   put the code into the house's form
## sbom     write the bill of materials, var/sbom.cdx.json, and check the licences
## audit    ask OSV for known holes in what uv.lock pins; ADVISORIES=FILE: ask a file of advisories instead
## hooks    have git look for secrets and run lint before each commit, and the fast tests before each push
## update   bring uv.lock up to the newest packages, and show what changed
## clean    remove all that was installed, built or stored
## help     this list
help:
	@sed -n 's/^## /make /p' Makefile

hooks: $(STAMP)
	@git config core.hooksPath .githooks
	@echo "Git runs .githooks/ from now on. To undo it: git config --unset core.hooksPath"

update: | $(UV)
	@$(UV) lock --upgrade
	@echo uv | $(UV) pip compile --quiet --upgrade --generate-hashes --universal --no-header --no-annotate --output-file deploy/uv.txt -
	@git diff --quiet uv.lock deploy/uv.txt && echo "Nothing is newer." || echo "Each line above is one package. Now: make lint test, read what changed, commit both locks."

# Only a name when the machine has uv.
uv:

.uv/bin/uv: deploy/uv.txt
	@echo "Bringing uv from PyPI …"
	@$(PYTHON) -m venv .uv && .uv/bin/pip install --quiet --no-deps --require-hashes --requirement deploy/uv.txt
	@touch $@

clean:
	rm -rf .venv .uv var .pytest_cache .mypy_cache .ruff_cache
