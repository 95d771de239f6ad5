"""VS Code as code-server serves it: installed by install.sh, with the packaged extension in it."""

from __future__ import annotations

import json
import os
import queue
import re
import signal
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from mmupgrade import __version__

ROOT = Path(__file__).parents[2]
VSIX = ROOT / "dist" / f"mmupgrade-{__version__}.vsix"
#: Seconds.
_DEADLINE = 60
_QUIET: dict[str, Any] = {
    "chat.disableAIFeatures": True,
    "editor.acceptSuggestionOnEnter": "off",
    "editor.autoIndent": "none",
    "editor.minimap.enabled": False,
    "editor.quickSuggestions": {"other": "off", "comments": "off", "strings": "off"},
    "extensions.ignoreRecommendations": True,
    "files.autoSave": "off",
    "git.enabled": False,
    "security.workspace.trust.startupPrompt": "never",
    "telemetry.telemetryLevel": "off",
    "update.mode": "none",
    "workbench.secondarySideBar.defaultVisibility": "hidden",
    "workbench.startupEditor": "none",
}


def program(which: str) -> str:
    """The command of an installed VS Code."""
    return str(ROOT / ".cache" / "vscode" / which / "code-server")


def install_extension(which: str, folder: Path) -> Path:
    """Install the packaged extension, and give the folder that holds it."""
    extensions = folder / "extensions"
    command = [program(which), *_folders(folder / "user", extensions)]
    command += ["--install-extension", str(VSIX)]
    done = subprocess.run(
        command,
        env=_environment(folder, {}),
        capture_output=True,
        check=False,
        text=True,
        timeout=_DEADLINE,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return extensions


@contextmanager
def served(
    which: str, extensions: Path, folder: Path, *, python: Path, trusting: bool
) -> Iterator[str]:
    """The URL of a VS Code with a home of its own, until it is ended with all that it started.

    `python` is what its PATH has as `python3`. With `trusting`, it trusts every workspace.
    """
    user, programs = folder / "user", folder / "programs"
    (user / "User").mkdir(parents=True)
    (user / "User" / "settings.json").write_text(json.dumps(_QUIET))
    programs.mkdir()
    (programs / "python3").symlink_to(python)
    (folder / ".bash_profile").write_text(f"export PATH='{programs}'\n")
    command = [program(which), *_folders(user, extensions), "--auth=none"]
    command += ["--bind-addr=127.0.0.1:0", "--disable-telemetry", "--disable-update-check"]
    command += ["--disable-workspace-trust"] if trusting else []
    process = subprocess.Popen(
        command,
        env=_environment(folder, {"SHELL": "/bin/bash"}),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        text=True,
    )
    try:
        yield _address(process)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _folders(user: Path, extensions: Path) -> list[str]:
    return [f"--user-data-dir={user}", f"--extensions-dir={extensions}"]


def _environment(home: Path, more: Mapping[str, str]) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    return {**kept, "HOME": str(home), "LC_ALL": "C.UTF-8", **more}


def _address(process: subprocess.Popen[str]) -> str:
    """Where the server listens, once it says so. What it prints is read as long as it runs."""
    printed: queue.SimpleQueue[str] = queue.SimpleQueue()
    threading.Thread(target=_read, args=(process, printed), daemon=True).start()
    lines = []
    while True:
        lines.append(printed.get(timeout=_DEADLINE))
        if found := re.search(r"listening on (http://\S+?)/?\s", lines[-1]):
            return found[1]
        assert lines[-1], "".join(lines)


def _read(process: subprocess.Popen[str], printed: queue.SimpleQueue[str]) -> None:
    assert process.stdout
    for line in process.stdout:
        printed.put(line)
    printed.put("")
    process.stdout.close()
