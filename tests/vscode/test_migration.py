"""Whole files and families are migrated as the command line does it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from mmupgrade.fix import fix, fix_alone, quick_fix
from mmupgrade.workspace import Workspace
from tests.support import workspace
from tests.vscode.configs import FAMILY, LONE, configure, written
from tests.vscode.conftest import SCREENSHOTS, Opens

NAME = "edvr_reds.py"
FIX_ON_SAVE = {"editor.codeActionsOnSave": {"source.fixAll.mmupgrade": "explicit"}}


def _alone(run: Workspace, path: Path) -> str:
    [rewrite] = fix_alone(run, str(path))
    return rewrite.text


def test_saving_fixes_the_file(opens: Opens, project: Path) -> None:
    text = LONE.replace("\n", "\r\n")
    written(project, {NAME: text})
    configure(project, FIX_ON_SAVE)
    window = opens(project)
    window.open(NAME)
    expect(window.struck).not_to_have_count(0)
    window.struck.last.click()
    window.key("Control+End")
    window.page.keyboard.type("# 备注 🍣")
    window.save()
    typed = workspace({NAME: text + "# 备注 🍣"}, project)
    assert (project / NAME).read_bytes() == _alone(typed, project / NAME).encode()
    expect(window.struck).to_have_text(["optimizers", "lr_config"])


def test_a_migration_is_shown_before_it_is_made(opens: Opens, project: Path, which: str) -> None:
    run = written(project, {NAME: LONE})
    window = opens(project)
    window.open(NAME)
    expect(window.struck).not_to_have_count(0)
    window.key("Control+B")  # The side bar goes, so that both sides can be read.
    window.run("mmupgrade: Preview Migration")
    expect(window.tab(f"{NAME} (0.x ↔ 1.x)")).to_be_visible()
    expect(window.differences).not_to_have_count(0)
    window.shoot(SCREENSHOTS / which / "preview.png")
    assert window.text(window.after) == _alone(run, project / NAME)
    assert window.text(window.before) == LONE

    window.tab(NAME).first.click()
    window.editor.click()
    window.key("Control+End")
    window.page.keyboard.type("mp_start_method = 'spawn'")
    window.tab(f"{NAME} (0.x ↔ 1.x)").click()
    expect(window.after).to_contain_text("mp_start_method='spawn'")
    assert (project / NAME).read_bytes() == LONE.encode()


def test_a_family_is_migrated_saved_and_taken_back(opens: Opens, project: Path, which: str) -> None:
    run = written(project, FAMILY)
    new = {rewrite.document.path: rewrite.text.encode() for rewrite in fix(run)}
    old = {str(project / name): text.encode() for name, text in FAMILY.items()}
    assert new.keys() == old.keys()
    window = opens(project)
    window.open("esrgan_psnr.py")
    expect(window.struck).not_to_have_count(0)
    window.run("mmupgrade: Migrate This Config with Its Base Files")
    expect(window.unsaved).to_have_count(2)
    assert _read(old) == old
    expect(window.message("Save all of them")).to_be_visible()
    window.shoot(SCREENSHOTS / which / "family.png")
    window.answer("Save all of them", "Save All")
    expect(window.unsaved).to_have_count(0)
    assert _read(old) == new

    window.editor.click()
    window.undo()
    expect(window.unsaved).to_have_count(2)
    window.run("File: Save All Files")
    expect(window.unsaved).to_have_count(0)
    assert _read(old) == old


@pytest.mark.parametrize("saves", [True, False], ids=["saves", "asks"])
def test_a_quick_fix_takes_the_base_along(opens: Opens, project: Path, saves: bool) -> None:
    run, child = written(project, FAMILY), "configs/esrgan_psnr.py"
    configure(project, {"files.refactoring.autoSave": saves})
    rewrites = quick_fix(run, str(project / child), "checkpoint_config")
    assert len([rewrite for rewrite in rewrites if rewrite.changed]) == 2
    window = opens(project)
    window.open("esrgan_psnr.py")
    window.struck.filter(has_text="checkpoint_config").click()
    window.show_actions()
    window.choose("Migrate `checkpoint_config`")
    expect(window.struck.filter(has_text="checkpoint_config")).to_have_count(0)
    if not saves:
        expect(window.unsaved).to_have_count(2)
        window.answer("Save all of them", "Save All")
    expect(window.unsaved).to_have_count(0)
    for rewrite in rewrites:
        assert Path(rewrite.document.path).read_bytes() == rewrite.text.encode()
    expect(window.messages).to_have_count(0)


def test_a_workspace_is_counted_and_migrated(opens: Opens, project: Path) -> None:
    rewrites = fix(written(project, {**FAMILY, NAME: LONE}))
    window = opens(project)
    window.open(NAME)
    expect(window.struck).not_to_have_count(0)
    window.run("mmupgrade: Migrate Workspace…")
    expect(window.dialog).to_contain_text("Files that would change: 3. Migrate them?")
    window.dialog.get_by_role("button", name="Migrate").click()
    expect(window.unsaved).to_have_count(3)
    window.answer("Save all of them", "Save All")
    expect(window.unsaved).to_have_count(0)
    for rewrite in rewrites:
        assert Path(rewrite.document.path).read_bytes() == rewrite.text.encode()


def _read(paths: dict[str, bytes]) -> dict[str, bytes]:
    return {path: Path(path).read_bytes() for path in paths}
