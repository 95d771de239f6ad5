# make run     sets itself up and shows the main job on an example
# make test    runs every test; installs what they need
# make screenshots  takes those of the manual anew
# make bench   measures what the README quotes
# make vsix    builds the VS Code extension: dist/mmupgrade-VERSION.vsix
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

SHOTS := problems hover preview

.PHONY: run test test-py test-editors test-vscode test-client screenshots lint vsix bench docs clean
.DEFAULT_GOAL := run

.venv/tour: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("mmupgrade needs Python 3.10 or newer; set PYTHON=") if sys.version_info < (3, 10) else None'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(PIP) install --editable '.[tour]'
	@touch $@

.venv/test: .venv/tour pyproject.toml
	@$(PIP) install --editable '.[test]'
	@touch $@

run: .venv/tour
	@$(BIN)/python scripts/tour.py

test: test-py test-client test-editors test-vscode

test-py: lint vsix
	$(BIN)/python -m pytest --ignore=tests/editors --ignore=tests/vscode

test-editors: .venv/test
	@tests/editors/install.sh
	$(BIN)/python -m pytest tests/editors

test-vscode: .venv/test vsix
	@for which in old latest; do tests/vscode/install.sh $$which || [ $$? = 3 ] || exit 1; done
	$(BIN)/python -m pytest tests/vscode

screenshots: .venv/test vsix
	@tests/vscode/install.sh latest
	$(BIN)/python -m pytest tests/vscode -k 'latest and (shown or taken_back)'
	@cp $(SHOTS:%=build/screenshots/latest/%.png) media/screenshots/

test-client: node_modules/.installed
	npm run --silent lint
	npm run --silent test

node_modules/.installed: package-lock.json .npmrc
	@npm ci
	@touch $@

bundled/libs/.installed: bundled/requirements.txt scripts/bundle.py .venv/tour
	@$(BIN)/python -m scripts.bundle
	@touch $@

vsix: node_modules/.installed bundled/libs/.installed
	@rm -f dist/*.vsix
	@npm run --silent package

lint: .venv/test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: .venv/test
	@$(BIN)/python -m bench

docs: .venv/test
	@$(BIN)/python scripts/pages.py
	@$(BIN)/python scripts/schema.py
	@$(BIN)/python scripts/editor.py
	@$(BIN)/python scripts/icon.py

clean:
	rm -rf .venv .cache .mypy_cache .pytest_cache .ruff_cache .hypothesis
	rm -rf node_modules bundled/libs build dist
