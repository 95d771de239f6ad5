"""`make run`: the main job on an example: what is 0.x, why, and the rewritten files."""

from __future__ import annotations

import shutil
import sys
import tempfile
import warnings
from pathlib import Path

from mmupgrade.cli import main

EXAMPLES = Path(__file__).parents[1] / "examples"


def _say(text: str) -> None:
    print(f"\n\033[1m{text}\033[0m\n" if sys.stdout.isatty() else f"\n{text}\n", flush=True)


def _load(path: Path) -> dict[str, object]:
    from mmengine.config import Config

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return Config.fromfile(str(path), import_custom_modules=False).to_dict()  # type: ignore[no-any-return]


def tour(folder: Path) -> None:
    """Check, explain and fix a copy of the examples, then load what came out."""
    config, base = folder / "edvr_x4.py", folder / "_base_" / "default_runtime.py"
    _say(f"$ mmupgrade check {config}")
    main(["check", str(folder), "--select", "MMR1,MMR2"])
    _say("$ mmupgrade explain log_config")
    main(["explain", "log_config"])
    _say(f"$ mmupgrade fix --diff {folder}")
    main(["fix", "--diff", str(folder)])
    _say(f"$ mmupgrade fix {folder}")
    main(["fix", str(folder)])
    _say(f"{base.name}, rewritten:")
    print(base.read_text())
    _say("What MMEngine reads in the rewritten config and its base:")
    loaded = _load(config)
    for name in ("default_scope", "default_hooks", "log_processor", "visualizer", "train_cfg"):
        print(f"{name} = {loaded[name]}")


if __name__ == "__main__":
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    with tempfile.TemporaryDirectory(prefix="mmupgrade-") as scratch:
        tour(Path(shutil.copytree(EXAMPLES, Path(scratch) / "configs")))
