PYTHON ?= python3
PORT ?= 8000
bin := .venv/bin

setup: .venv/ready ## install everything into .venv
run: .venv/ready ## serve the real organisation's record at http://localhost:8000
	@$(bin)/chancery serve --port $(PORT)
practice: .venv/ready ## serve the practice record, with an account of every role
	@$(bin)/chancery --practice serve --port $(PORT)
test: .venv/ready-dev ## run the tests
	$(bin)/python -m pytest -n 2 --dist loadgroup $(ARGS)
check: .venv/ready-dev ## style, ladder, catalogues, freshness of what is generated
	$(bin)/python scripts/check.py
bench: .venv/ready-dev ## measure, and write the figures to docs/benchmarks.md
	$(bin)/python -m bench
docs: .venv/ready-dev ## write the generated reference
	$(bin)/chancery reference

.venv/ready: requirements.lock pyproject.toml
	@$(PYTHON) scripts/setup.py
.venv/ready-dev: requirements-dev.lock pyproject.toml
	@$(PYTHON) scripts/setup.py --dev

.PHONY: setup run practice test check bench docs
