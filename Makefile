PYTHON ?= python3
PORT ?= 8000
bin := .venv/bin

.venv/ready: requirements.lock requirements-dev.lock pyproject.toml
	$(PYTHON) scripts/setup.py

setup: .venv/ready ## install everything into .venv
run: setup ## serve the real organisation's record at http://localhost:8000
	@$(bin)/chancery serve --port $(PORT)
practice: setup ## serve the practice record, with an account of every role
	@$(bin)/chancery serve --port $(PORT) --practice
test: setup ## run the tests
	$(bin)/python -m pytest -n 2 $(ARGS)
check: setup ## style, ladder, catalogues, freshness of what is generated
	$(bin)/python scripts/check.py
bench: setup ## measure, and write the figures to docs/benchmarks.md
	$(bin)/python -m bench
docs: setup ## write the generated reference
	$(bin)/chancery reference

.PHONY: setup run practice test check bench docs
