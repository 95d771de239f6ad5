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
    `root` is what the client takes for the project, from where the project is.
    """

    name: str
    program: str
    heading: Callable[[], str]
    config: str
    arguments: tuple[str, ...]
    root: str = "."
    other: tuple[str, str] | None = None

    @property
    def installed(self) -> bool:
        """Whether the editor can be started here."""
        return shutil.which(self.program) is not None

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
        heading=_neovim,
        config=".config/nvim/init.lua",
        arguments=("--headless", "-n", "{file}", "-c", "luafile {here}/neovim.lua"),
    ),
    Editor(
        name="eglot",
        program="emacs",
        heading=lambda: "Emacs with eglot",
        config=".emacs.d/init.el",
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
        heading=lambda: "Vim with ALE",
        config=".vim/after/plugin/mmupgrade.vim",
        arguments=("-n", "{file}", "-S", "{here}/ale.vim"),
        other=(".vimrc", "set nocompatible hidden\nfiletype plugin on\npackadd ale\n"),
    ),
)
