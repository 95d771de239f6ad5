"""The kinds of code actions."""

from __future__ import annotations

from lsprotocol.types import CodeActionKind

FIX_ALL = "source.fixAll.mmupgrade"
MIGRATE = "refactor.rewrite.mmupgrade"
KINDS = (CodeActionKind.QuickFix, FIX_ALL, MIGRATE)
