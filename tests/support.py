"""What tests of several folders use."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from mmupgrade.engine import check
from mmupgrade.findings import Finding
from mmupgrade.fix import fix
from mmupgrade.settings.settings import Settings
from mmupgrade.workspace import Workspace


def workspace(files: Mapping[str, str], folder: Path, **options: Any) -> Workspace:
    """A run of texts by relative path, as if they lay in `folder`; `options` are settings."""
    settings = Settings(**options)
    made = Workspace(lambda _: settings)
    for name, source in files.items():
        made.add(str(folder / name), source)
    return made


def selecting(run: Workspace, *rules: str) -> Workspace:
    """The same run with settings that select these rules alone."""
    of, other = run.settings_of, run.part(run.run.values())
    other.settings_of = lambda path: replace(of(path), select=rules)
    return other


def found(source: str, **options: Any) -> list[Finding]:
    """The findings of one text."""
    return check(workspace({"config.py": source}, Path("/nowhere"), **options))


def fixed(source: str, *, unsafe: bool = False, **options: Any) -> str:
    """One text after `fix`; as it was where it is no config."""
    rewrites = fix(workspace({"config.py": source}, Path("/nowhere"), **options), unsafe=unsafe)
    return rewrites[0].text if rewrites else source


def fix_all(files: Mapping[str, str], *, unsafe: bool = False, **options: Any) -> dict[str, str]:
    """Several texts after `fix`, together."""
    folder = Path("/nowhere")
    texts = dict(files)
    for rewrite in fix(workspace(files, folder, **options), unsafe=unsafe):
        texts[str(Path(rewrite.document.path).relative_to(folder))] = rewrite.text
    return texts


def load(path: Path) -> dict[str, Any]:
    """A config as MMEngine reads it."""
    from mmengine.config import Config

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return Config.fromfile(str(path), import_custom_modules=False).to_dict()  # type: ignore[no-any-return]


def load_text(source: str, folder: Path) -> dict[str, Any]:
    """A text as MMEngine reads it."""
    path = folder / "loaded.py"
    path.write_bytes(source.encode())
    return load(path)
