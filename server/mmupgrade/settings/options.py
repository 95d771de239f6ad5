"""The table of options. Reading, checking, the JSON Schema and the manual are made from it."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple, TypeAlias

#: What a value is: one of the choices, names of rules, patterns of paths, or one path;
#: for an editor also true or false, or any text.
Kind: TypeAlias = Literal["choice", "rules", "globs", "path", "switch", "text"]


class Option(NamedTuple):
    """One key. `default` is its value where the key is missing.

    `example` is written in TOML, and empty for what only an editor can say.
    """

    name: str
    kind: Kind
    default: Any
    description: str
    example: str = ""
    choices: tuple[str, ...] = ()

    @property
    def attribute(self) -> str:
        """The field of `Settings` that holds it."""
        return self.name.replace("-", "_")

    @property
    def editor_name(self) -> str:
        """The key in an editor's settings."""
        first, *others = self.name.split("-")
        return first + "".join(word.capitalize() for word in others)


OPTIONS = (
    Option(
        name="target",
        kind="choice",
        default="mmagic",
        choices=("mmagic", "mmedit", "mmgen"),
        description=(
            "The 1.x package to migrate to: `mmagic` (1.2.0), `mmedit` or `mmgen` (1.0.0rc0)."
        ),
        example='target = "mmgen"',
    ),
    Option(
        name="codebase",
        kind="choice",
        default=None,
        choices=("mmedit", "mmgen", "other"),
        description=(
            "The 0.x codebase that the configs were written for. "
            "Without it, it is told from their content."
        ),
        example='codebase = "mmedit"',
    ),
    Option(
        name="select",
        kind="rules",
        default=None,
        description=(
            "The rules to report and fix: ids (`MMR101`), starts of ids (`MMR1`) or 0.x fields "
            "(`log_config`). Without it, all."
        ),
        example='select = ["MMR1", "total_iters"]',
    ),
    Option(
        name="ignore",
        kind="rules",
        default=(),
        description=(
            "The rules not to report or fix. "
            "Where `select` names a rule more exactly than `ignore`, `select` wins."
        ),
        example='ignore = ["MMR302"]',
    ),
    Option(
        name="include",
        kind="globs",
        default=("*.py",),
        description="The files to look at in the folders that are given.",
        example='include = ["configs/**/*.py"]',
    ),
    Option(
        name="exclude",
        kind="globs",
        default=(),
        description=(
            "The files and folders to leave out, besides those that never hold configs of "
            "your own (`.git`, `build`, `node_modules` and the like)."
        ),
        example='exclude = ["configs/old", "*_test.py"]',
    ),
    Option(
        name="extend-safe-fixes",
        kind="rules",
        default=(),
        description="The rules whose unsafe fixes count as safe.",
        example='extend-safe-fixes = ["log_config"]',
    ),
    Option(
        name="extend-unsafe-fixes",
        kind="rules",
        default=(),
        description=(
            "The rules whose safe fixes count as unsafe. It wins over `extend-safe-fixes`, "
            "except where that names a rule more exactly."
        ),
        example='extend-unsafe-fixes = ["MMR2"]',
    ),
    Option(
        name="baseline",
        kind="path",
        default=None,
        description="The file that lists known findings, which are not reported again.",
        example='baseline = ".mmupgrade-baseline.json"',
    ),
)

#: What only an editor can say. The client sees to `interpreter`, the server to the rest.
EDITOR_OPTIONS = (
    Option(
        name="enable",
        kind="switch",
        default=True,
        description="Whether mmupgrade looks at Python files.",
    ),
    Option(
        name="diagnostic-mode",
        kind="choice",
        default="openFilesOnly",
        choices=("openFilesOnly", "workspace"),
        description="Whether findings are shown for open files only or for the whole workspace.",
    ),
    Option(
        name="code-lens",
        kind="switch",
        default=True,
        description="Whether a line above a 0.x config counts its fields and offers to migrate it.",
    ),
    Option(
        name="interpreter",
        kind="text",
        default="",
        description=(
            "The Python, 3.10 or newer, that runs mmupgrade itself; your configs are never run. "
            "Empty: the one chosen in the Python extension, else the first on `PATH`. "
            "`~` and `${workspaceFolder}` are known."
        ),
    ),
)


def choices(name: str) -> tuple[str, ...]:
    """The values that the option `name` takes."""
    return next(option.choices for option in OPTIONS if option.name == name)
