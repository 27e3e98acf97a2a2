# Every command works on a fresh checkout with Python 3.11+ and make; tools/ does the work.

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && break; done)

ifeq ($(strip $(PYTHON)),)
$(error Collegium needs Python 3.11 or newer: none found as python3 or python3.11 to python3.13)
endif

.PHONY: run test lint format lock clean

run: ## serve the whole site with a demo community on http://localhost:8000
	@exec $(PYTHON) -m tools.run

test: ## run all tests; ARGS="tests/forums -x" narrows it
	@exec $(PYTHON) -m tools.test $(ARGS)

lint: ## style, types, import order, templates, migrations, settings
	@exec $(PYTHON) -m tools.lint

format: ## let the formatter write
	@exec $(PYTHON) -m tools.lint --write

lock: ## compile the hashed locks from requirements/*.in and package.json
	@exec $(PYTHON) -m tools.lock

clean: ## remove what was installed; the data stays
	rm -rf .venv node_modules .cache .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
