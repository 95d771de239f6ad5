"""Where files end up: storage arguments and log suffixes, named alike for both frameworks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .compare import Unrunnable

# mmcv/fileio/file_client.py:789-802
OLD_CLIENTS = frozenset({"disk", "ceph", "memcached", "lmdb", "petrel", "http"})

# mmengine/fileio/file_client.py:69-81 and fileio/backends/registry_utils.py:111-117
NEW_CLIENTS = frozenset({"disk", "memcached", "lmdb", "petrel", "http"})
NEW_BACKENDS = frozenset({"local", "memcached", "lmdb", "petrel", "http"})

_PREFIXED = {"s3": "petrel", "petrel": "petrel", "http": "http", "https": "http"}

# mmcv/runner/hooks/logger/text.py:62 and mmengine/hooks/logger_hook.py:82, each with one name of
# every kind of file in the directory that gets copied.
OLD_SUFFIX = (".log.json", ".log", ".py")
OLD_FILES = {"json": "time.log.json", "log": "time.log", "py": "config.py"}
NEW_SUFFIX = (".json", ".log", ".py", "yaml")
NEW_FILES = {"json": "time.json", "log": "time.log", "py": "config.py"}


def suffix_kinds(
    suffix: Any, default: tuple[str, ...], files: Mapping[str, str]
) -> tuple[str, ...]:
    """Which kinds of file a suffix list selects.

    A suffix that selects none of them is kept as it stands, so that it cannot get lost unseen.
    """
    suffixes = (suffix,) if isinstance(suffix, str) else tuple(suffix)
    if suffixes == default:
        return tuple(sorted(files))
    kinds = {kind for kind, name in files.items() if name.endswith(suffixes)}
    loose = {s for s in suffixes if not any(name.endswith(s) for name in files.values())}
    return tuple(sorted(kinds | loose))


def file_client(
    args: Mapping[str, Any] | None, field: str, known: frozenset[str]
) -> dict[str, Any]:
    """A FileClient's arguments, naming its backend as 1.x's `backend_args` would.

    FileClient takes the backend, else the prefix, else the disk: mmcv/fileio/file_client.py:808,
    mmengine/fileio/file_client.py:88. What it calls disk, `backend_args` calls local.
    """
    if args is None:
        return {}
    rest = {key: value for key, value in args.items() if key not in ("backend", "prefix")}
    backend, prefix = args.get("backend"), args.get("prefix")
    if backend is not None and backend not in known:
        raise Unrunnable(field, f"FileClient has no backend {backend!r}")
    if prefix is not None and prefix not in _PREFIXED:
        raise Unrunnable(field, f"FileClient has no prefix {prefix!r}")
    if backend is None:
        backend = "disk" if prefix is None else _PREFIXED[prefix]
    return {"backend": "local" if backend == "disk" else backend, **rest}


def new_backend(hook: Mapping[str, Any], field: str) -> dict[str, Any]:
    """The storage arguments of a 1.x hook, under whichever of their two names.

    mmengine/hooks/checkpoint_hook.py:159-172, logger_hook.py:107-121; fileio/io.py:84-100:
    `backend_args` hold a backend's name, if any, and the backend's own arguments.
    """
    client, args = hook.get("file_client_args"), hook.get("backend_args")
    if client is not None and args is not None:
        raise Unrunnable(field, "both file_client_args and backend_args")
    if args is None:
        return file_client(client, f"{field}.file_client_args", NEW_CLIENTS)
    if "backend" in args and args["backend"] not in NEW_BACKENDS:
        raise Unrunnable(f"{field}.backend_args", f"no backend {args['backend']!r}")
    if "prefix" in args:
        raise Unrunnable(f"{field}.backend_args", "no backend takes a prefix")
    return dict(args)
