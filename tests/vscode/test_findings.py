"""What is found is shown, explained and fixed, and follows what is typed."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from mmupgrade.engine import check
from mmupgrade.fix import diff, quick_fix
from mmupgrade.rule import rules
from tests.support import found
from tests.vscode.configs import LONE, written
from tests.vscode.conftest import SCREENSHOTS, Opens

FIELD = "checkpoint_config"


def test_a_field_is_shown_explained_and_fixed(opens: Opens, project: Path, which: str) -> None:
    run = written(project, {"edvr_reds.py": LONE})
    findings, path = check(run), project / "edvr_reds.py"
    window = opens(project)
    window.open(path.name)

    expect(window.struck).to_have_text([finding.field for finding in findings])
    expect(window.struck.first).to_have_css("text-decoration-line", "line-through")
    expect(window.lenses.first).to_have_text(f"{len(findings)} fields to migrate")

    expect(window.status).to_be_visible()

    [rewrite] = quick_fix(run, str(path), FIELD)
    field = window.struck.filter(has_text=FIELD)
    field.hover()
    expect(window.hover).to_contain_text(rules()[FIELD].title.replace("`", ""))
    for line in diff(rewrite, path.name).splitlines()[3:]:
        expect(window.hover).to_contain_text(line.strip())
    window.hover.hover()
    for _ in range(8):
        window.page.mouse.wheel(0, 100)
    expect(window.hover.locator(".monaco-tokenized-source").last).to_be_in_viewport()
    window.shoot(SCREENSHOTS / which / "hover.png")

    window.hover.locator("a", has_text="MMR101").first.click()
    expect(window.tab(f"{FIELD}.md")).to_be_visible()
    expect(window.page_shown("h1")).to_contain_text(FIELD)
    window.shoot(SCREENSHOTS / which / "page.png")
    window.close(f"{FIELD}.md")

    window.show_problems()
    window.expect_problems(findings)
    field.click()
    window.show_actions()
    window.shoot(SCREENSHOTS / which / "problems.png")
    window.choose("Migrate `checkpoint_config`")
    window.save()
    assert path.read_bytes() == rewrite.text.encode()
    window.undo()
    window.save()
    assert path.read_bytes() == LONE.encode()


def test_findings_follow_the_text_and_the_file(opens: Opens, project: Path) -> None:
    written(project, {"edvr_reds.py": LONE})
    window = opens(project)
    window.open("edvr_reds.py")
    window.show_problems()
    window.expect_problems(found(LONE))

    window.struck.first.click()
    added = "mp_start_method = 'fork'\ntotal_epochs = 3\n"
    window.key("Control+End")
    window.page.keyboard.type(added)
    window.expect_problems(found(LONE + added))
    window.save()
    assert (project / "edvr_reds.py").read_bytes() == (LONE + added).encode()
    for _ in "total_epochs = 3\n":
        window.key("Backspace")
    window.expect_problems(found(LONE + "mp_start_method = 'fork'\n"))
    window.save()

    window.close("edvr_reds.py")
    window.expect_problems([])
    window.open("edvr_reds.py")
    window.rename("edvr_reds.py", "edvr_vimeo.py")
    expect(window.tab("edvr_vimeo.py")).to_be_visible()
    expect(window.problems.first).to_contain_text("edvr_vimeo.py")
    window.expect_problems(found(LONE + "mp_start_method = 'fork'\n"))
    window.close("edvr_vimeo.py")
    window.expect_problems([])
