"""`make vsix`: the packages that the extension's server needs, unpacked under bundled/libs."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

BUNDLED = Path(__file__).parents[1] / "bundled"
#: Wheels without compiled code, so that one set is right for every platform and Python.
_PURE = "--only-binary=:all: --platform=any --implementation=py --abi=none --python-version=3.10"
_UNUSED = ("bin", "__pycache__", "*.pyi", "py.typed")


def bundle(target: Path) -> None:
    """Install what bundled/requirements.txt lists into `target`, anew, and nothing else."""
    shutil.rmtree(target, ignore_errors=True)
    requirements = ["--no-deps", "--require-hashes", f"-r{BUNDLED / 'requirements.txt'}"]
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "install"]
    subprocess.run(
        [*pip, "--no-compile", f"--target={target}", *_PURE.split(), *requirements], check=True
    )
    for pattern in _UNUSED:
        for path in list(target.rglob(pattern)):
            _remove(path)
    for path in target.glob("*.dist-info/*"):
        if path.name != "METADATA" and not path.name.lower().startswith("licen"):
            _remove(path)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()


if __name__ == "__main__":
    bundle(BUNDLED / "libs")
