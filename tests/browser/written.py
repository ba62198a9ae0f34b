"""What stands in the editor, whichever of the two it is: the textarea, or CodeMirror in its place."""

from __future__ import annotations

from playwright.sync_api import Page, expect

TEXT = """() => {
  const editor = document.getElementById("program");
  if (editor instanceof HTMLTextAreaElement) return editor.value;
  return [...editor.querySelectorAll(".cm-line")].map((line) => {
    const letters = line.cloneNode(true);
    for (const shown of letters.querySelectorAll('[aria-hidden="true"]')) shown.remove();
    return letters.textContent;
  }).join("\\n");
}"""


def program(page: Page) -> str:
    """The text, without the values at the lines' ends."""
    return page.evaluate(TEXT)


def holds(page: Page, text: str) -> None:
    """Waits until the editor holds exactly this text."""
    page.wait_for_function(f"text => ({TEXT})() === text", arg=text)


def write(page: Page, text: str) -> None:
    """Replaces the program, as someone does who selects all and pastes.

    By keys: `fill` selects in the document alone, in a message of its own, and an answer that comes between the two has
    the editor put its own selection back. What is not on the page yet, as on a phone just after "Code", takes no focus.
    """
    editor = page.locator("#program")
    expect(editor).to_be_visible()
    editor.focus()
    expect(editor).to_be_focused()
    page.keyboard.press("ControlOrMeta+a")
    if text:
        page.keyboard.insert_text(text)
    else:
        page.keyboard.press("Delete")
