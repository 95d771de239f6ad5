"""The official configs, fetched from the package index into a cache and never committed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from functools import cache
from pathlib import Path

CACHE = Path(__file__).parents[2] / ".cache"
OLD = {"mmedit": "mmedit==0.16.1", "mmgen": "mmgen==0.7.3"}
NEW = {
    "mmagic": "mmagic==1.2.0",
    "mmdet": "mmdet==3.3.0",
    "mmsegmentation": "mmsegmentation==1.2.2",
    "mmpose": "mmpose==1.3.2",
}
# mmgen's setup.py imports torch to look for CUDA before it can tell its own name.
_TORCH = {
    "torch/__init__.py": (
        "__version__ = '1.13.0'\n"
        "class cuda:\n"
        "    @staticmethod\n"
        "    def is_available():\n"
        "        return False\n"
    ),
    "torch/utils/__init__.py": "",
    "torch/utils/cpp_extension.py": (
        "from setuptools.command.build_ext import build_ext as BuildExtension\n"
        "CppExtension = CUDAExtension = object\n"
    ),
}


@cache
def corpus() -> Path:
    """The folder that holds the 0.x configs, `mmedit/` and `mmgen/`."""
    return _all_configs(CACHE / "corpus", OLD)


@cache
def modern() -> Path:
    """The folder that holds 1.x configs, a folder for each package."""
    return _all_configs(CACHE / "modern", NEW)


def _all_configs(folder: Path, packages: dict[str, str]) -> Path:
    for name, requirement in packages.items():
        if not (folder / name).is_dir():
            _configs(requirement, folder / name)
    return folder


def _configs(requirement: str, to: Path) -> None:
    scratch = to.with_name(f"{to.name}.{os.getpid()}.part")
    shutil.rmtree(scratch, ignore_errors=True)
    archive = _fetch(requirement, scratch / "archive")
    unpacked = scratch / "unpacked"
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            wheel.extractall(unpacked)
    else:
        with tarfile.open(archive) as source:
            source.extractall(unpacked, filter="data")
    (found,) = unpacked.glob("**/.mim/configs")
    to.parent.mkdir(parents=True, exist_ok=True)
    found.rename(to)
    shutil.rmtree(scratch)


def _fetch(requirement: str, to: Path) -> Path:
    stub = to.parent / "stub"
    for name, text in _TORCH.items():
        (stub / name).parent.mkdir(parents=True, exist_ok=True)
        (stub / name).write_text(text)
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
    command += ["--no-build-isolation", "--dest", str(to), requirement]
    environment = {**os.environ, "PYTHONPATH": str(stub)}
    subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)
    (archive,) = to.iterdir()
    return archive
