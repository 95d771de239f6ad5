"""The editors: how each is set up from `docs/editors.md`, and how it is started."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
DOCS = HERE.parents[1] / "docs" / "editors.md"


@dataclass(frozen=True)
class Editor:
    """An editor with its client.

    `heading` gives the section of the documentation that it is set up from, and
    `config` the file below the home folder that the section's block goes into.
    `probe` ends with 0 where the program has the client. `root` is what the
    client takes for the project, from where the project is.
    """

    name: str
    program: str
    missing: str
    heading: Callable[[], str]
    config: str
    probe: tuple[str, ...]
    arguments: tuple[str, ...]
    root: str = "."
    other: tuple[str, str] | None = None

    def installed(self, variables: dict[str, str]) -> bool:
        """Whether the editor and its client can be started here."""
        if shutil.which(self.program) is None:
            return False
        probed = subprocess.run(
            [self.program, *self.probe],
            env=variables,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
        return probed.returncode == 0

    def set_up(self, home: Path) -> None:
        """Write the user's configuration below `home`."""
        _write(home / self.config, block(self.heading()))
        if self.other is not None:
            name, text = self.other
            _write(home / name, text)

    def command(self, home: Path, file: Path) -> list[str]:
        """The command that opens `file` and carries out the plan."""
        places = {"home": home, "here": HERE, "file": file}
        return [self.program, *(argument.format(**places) for argument in self.arguments)]


def block(heading: str) -> str:
    """The first fenced block under a heading of the documentation."""
    _, _, section = DOCS.read_text().partition(f"\n## {heading}\n")
    match = re.match(r"(?s)(?:(?!\n## ).)*?\n```\w+\n(.*?)```", section)
    assert match, f"no block under {heading!r} in {DOCS}"
    return match.group(1)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def _neovim() -> str:
    shown = subprocess.run(["nvim", "--version"], capture_output=True, text=True, check=True)
    major, minor = map(int, re.findall(r"\d+", shown.stdout)[:2])
    new = (major, minor) >= (0, 11)
    return "Neovim 0.11 and newer" if new else "Neovim 0.7 to 0.10"


EDITORS = (
    Editor(
        name="neovim",
        program="nvim",
        missing="`nvim` 0.7 or newer isn't on PATH",
        heading=_neovim,
        config=".config/nvim/init.lua",
        probe=("--headless", "--clean", "+if !has('nvim-0.7')|cquit|endif", "+quit"),
        arguments=("--headless", "-n", "{file}", "-c", "luafile {here}/neovim.lua"),
    ),
    Editor(
        name="eglot",
        program="emacs",
        missing="`emacs` with eglot isn't on PATH",
        heading=lambda: "Emacs with eglot",
        config=".emacs.d/init.el",
        probe=(
            "--batch",
            "--funcall=package-activate-all",
            "--eval=(or (require 'eglot nil t) (kill-emacs 1))",
        ),
        arguments=(
            "--batch",
            "--funcall=package-activate-all",
            "--load={home}/.emacs.d/init.el",
            "--load={here}/eglot.el",
        ),
        # Without version control, Emacs takes the folder of the file for the project.
        root="configs",
    ),
    Editor(
        name="ale",
        program="vim",
        missing="`vim` with ALE isn't on PATH",
        heading=lambda: "Vim with ALE",
        config=".vim/after/plugin/mmupgrade.vim",
        probe=("-es", "-u", "NONE", "+set nocompatible", "+packadd ale", "+quit"),
        arguments=("-n", "{file}", "-S", "{here}/ale.vim"),
        other=(".vimrc", "set nocompatible hidden\nfiletype plugin on\npackadd ale\n"),
    ),
)
