"""The order in which 1.x dicts have their keys, where several 0.x fields give them."""

from __future__ import annotations

from collections.abc import Sequence

from mmupgrade.tree import Branch, Node, Path

_ORDER: dict[Path, tuple[str, ...]] = {
    ("default_hooks",): ("timer", "logger", "param_scheduler", "checkpoint", "sampler_seed"),
    ("env_cfg",): ("cudnn_benchmark", "mp_cfg", "dist_cfg"),
    ("env_cfg", "mp_cfg"): ("mp_start_method", "opencv_num_threads"),
    ("log_processor",): ("type", "window_size", "by_epoch"),
    ("model",): ("train_cfg", "test_cfg"),
    ("train_cfg",): ("type", "by_epoch"),
}


def ordered(root: Branch) -> None:
    """Bring the keys of some 1.x dicts into the order in which configs have them."""
    for path, keys in _ORDER.items():
        node: Node | None = root
        for key in path:
            node = node.children.get(key) if isinstance(node, Branch) else None
        if isinstance(node, Branch):
            first = [key for key in keys if key in node.children]
            rest = [key for key in node.children if key not in keys]
            node.children = {key: node.children[key] for key in (*first, *rest)}


def place_of(key: str, path: Path, held: Sequence[str]) -> int:
    """Where a key goes among those that the dict at `path` holds: an index into `held`."""
    keys = _ORDER.get(path, ())
    if key not in keys:
        return len(held)
    later = keys[keys.index(key) + 1 :]
    return next((i for i, other in enumerate(held) if other in later), len(held))
