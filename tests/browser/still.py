"""When to look: a page answers in its next frame, the server when it can, and what travels takes a while."""

from __future__ import annotations

from playwright.sync_api import Page, expect

FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


def drawn(page: Page) -> None:
    """Waits for the frame in which the page's views follow what was just done to it."""
    page.evaluate(FRAMES)


def settled(page: Page) -> None:
    """Waits until what the studio draws is what its text says: no text waits for its graph or its problem."""
    drawn(page)
    expect(page.locator("#editor [role=status]")).to_have_attribute("aria-busy", "false")


def still(page: Page) -> None:
    """Waits until nothing travels, appears or changes its colour any more."""
    drawn(page)
    page.wait_for_function("() => document.getAnimations().every(({ playState }) => playState !== 'running')")
    drawn(page)


def resize(page: Page, width: int, height: int) -> None:
    """Another size, and the page at rest in it."""
    page.set_viewport_size({"width": width, "height": height})
    page.wait_for_function(
        "([width, height]) => innerWidth === width && innerHeight === height", arg=[width, height]
    )
    still(page)
