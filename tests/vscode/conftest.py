"""VS Code in two versions, a browser, and windows in it."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, ViewportSize, expect, sync_playwright

from tests.vscode import codeserver
from tests.vscode.window import Window

SCREENSHOTS = codeserver.ROOT / "build" / "screenshots"
_ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking")
#: Milliseconds.
_DEADLINE = 30_000
_SIZE: ViewportSize = {"width": 1280, "height": 800}
Opens = Callable[..., Window]


@pytest.fixture(scope="session", params=["old", "latest"], ids="vscode-{}".format)
def which(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    if not os.path.exists(codeserver.program(name)) or shutil.which("chromium") is None:
        missing = f"run tests/vscode/install.sh {name}"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(missing)
    return name


@pytest.fixture(scope="session")
def extensions(which: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return codeserver.install_extension(which, tmp_path_factory.mktemp("extensions"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=_DEADLINE)
    with sync_playwright() as playwright:
        chromium = playwright.chromium
        with chromium.launch(executable_path=shutil.which("chromium"), args=_ARGUMENTS) as made:
            yield made


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with a space and Chinese in its path."""
    folder = tmp_path / "超分 实验" / "edvr"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def opens(
    which: str,
    extensions: Path,
    browser: Browser,
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> Iterator[Opens]:
    """Opens a folder, or a workspace file, in a VS Code of its own."""
    with ExitStack() as stack:

        def opened(
            folder: Path, *, python: Path = Path(sys.executable), trusting: bool = True
        ) -> Window:
            home = tmp_path / "home"
            home.mkdir()
            made = codeserver.served(which, extensions, home, python=python, trusting=trusting)
            url = stack.enter_context(made)
            context = stack.enter_context(browser.new_context(viewport=_SIZE))
            context.grant_permissions(["clipboard-read"])
            context.set_default_timeout(_DEADLINE)
            page = context.new_page()
            kind = "folder" if folder.is_dir() else "workspace"
            page.goto(f"{url}/?{urlencode({kind: folder})}", wait_until="domcontentloaded")
            expect(page.locator(".monaco-workbench")).to_be_visible()
            window = Window(page)
            stack.callback(window.shoot, SCREENSHOTS / f"{request.node.name}.png")
            return window

        yield opened
