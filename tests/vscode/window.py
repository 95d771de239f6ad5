"""A window of VS Code, and what a user does in it. Everything waits until it is there."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import Locator, Page, expect

from mmupgrade import __version__

if TYPE_CHECKING:
    from mmupgrade.findings import Finding


class Window:
    """One window. Locators are looked up anew whenever they are used."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.editor = page.locator(".editor-instance .monaco-editor").first
        #: What is struck through in the text.
        self.struck = page.locator(".monaco-editor .squiggly-inline-deprecated")
        self.hover = page.locator(".monaco-hover:not(.hidden)")
        self.menu = page.locator(".action-widget .monaco-list-row")
        self.problems = page.locator(".markers-panel .monaco-list-row")
        self.messages = page.locator(".notifications-toasts .notification-list-item")
        diff = page.locator(".monaco-diff-editor")
        self.before, self.after = diff.locator(".editor.original"), diff.locator(".editor.modified")
        self.differences = diff.locator(".char-insert, .line-insert")
        self.dialog = page.locator(".monaco-dialog-box")
        self.lenses = page.locator(".codelens-decoration a")
        running = f"mmupgrade {__version__}, Python 3"
        #: The language status, where it says that the server runs.
        self.status = page.get_by_role("button", name=running)
        self.unsaved = page.locator(".tab.dirty")

    def tab(self, name: str) -> Locator:
        """The tab whose label says `name`."""
        return self.page.locator(".tabs-container .tab", has_text=name)

    def key(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for each in keys:
            self.page.keyboard.press(each)

    def run(self, title: str) -> None:
        """Run a command of the palette."""
        self._pick("F1", title)

    def open(self, name: str) -> None:
        """Open a file by its name."""
        self._pick("Control+P", name)
        expect(self.tab(name)).to_be_visible()

    def _pick(self, key: str, text: str) -> None:
        self.page.keyboard.press(key)
        self.page.locator(".quick-input-widget input").fill(f">{text}" if key == "F1" else text)
        row = self.page.locator(".quick-input-list .monaco-list-row").first
        expect(row).to_contain_text(text)
        self.page.keyboard.press("Enter")

    def save(self) -> None:
        """Save the changed file that is being edited."""
        expect(self.unsaved).not_to_have_count(0)
        self.key("Control+S")
        expect(self.unsaved).to_have_count(0)

    def undo(self) -> None:
        """Take the last change back."""
        self.key("Control+Z")

    def show_actions(self) -> None:
        """Open what the light bulb offers at the cursor."""
        self.key("Control+Period")
        expect(self.menu).not_to_have_count(0)

    def choose(self, action: str) -> None:
        """Choose one of the actions that are shown."""
        row = self.menu.filter(has_text=action).first
        row.hover(force=True)  # Before the mouse has moved, a click isn't taken.
        row.click()

    def answer(self, message: str, button: str) -> None:
        """Answer a message in the corner."""
        self.message(message).get_by_role("button", name=button).click()

    def message(self, text: str) -> Locator:
        """A message in the corner."""
        return self.messages.filter(has_text=text)

    def text(self, editor: Locator) -> str:
        """The whole text of an editor, by way of the clipboard."""
        editor.locator(".view-lines").click()
        self.key("Control+A", "Control+C")
        text: str = self.page.evaluate("navigator.clipboard.readText()")
        return text

    def show_problems(self) -> None:
        """Open the panel that lists the problems."""
        self.key("Control+Shift+M")
        expect(self.page.locator(".markers-panel")).to_be_visible()

    def expect_problems(self, findings: Iterable[Finding]) -> None:
        """Wait until the panel lists these and no others, all in one file."""
        told = list(findings)
        expect(self.problems).to_have_count(len(told) + bool(told))
        for finding in told:
            line, column = finding.position
            row = self.problems.filter(has_text=f"[Ln {line}, Col {column}]")
            expect(row).to_contain_text(finding.message)

    def page_shown(self, selector: str) -> Locator:
        """A part of the page that is shown rendered."""
        frame = self.page.frame_locator("iframe.webview.ready")
        return frame.frame_locator("#active-frame").locator(selector)

    def close(self, name: str) -> None:
        """Close an editor by its tab."""
        self.tab(name).get_by_role("button", name="Close").click()
        expect(self.tab(name)).to_have_count(0)

    def rename(self, name: str, new: str) -> None:
        """Rename a file in the explorer."""
        self.page.locator(".explorer-folders-view .monaco-list-row", has_text=name).click()
        self.key("F2")
        box = self.page.locator(".explorer-folders-view input")
        box.fill(new)
        box.press("Enter")

    def shoot(self, file: Path) -> None:
        """Keep what the window shows."""
        file.parent.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=file)
