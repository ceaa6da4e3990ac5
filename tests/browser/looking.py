"""What is wrong with a page as it stands in the window: by axe's rules, and because it is wider than the window."""

from collections.abc import Callable, Mapping
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import Visit

TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# Each width with one scheme: every rule is asked in both widths and in both schemes, and a page is loaded once.
WINDOWS = ((1280, "dark"), (360, "light"))


def faults(page: Page) -> list[str]:
    """Nothing is how it should be."""
    found = [f"{rule['id']}: {rule['nodes'][0]['html'][:120]}" for rule in Axe().run(page).response["violations"]]
    wide = page.evaluate(TOO_WIDE)
    return [*found, f"{wide} pixels too wide"] if wide > 0 else found


def faults_in_all_windows(page: Page) -> list[str]:
    """At a desk by night and on a phone by day, where the page then stays."""
    found = []
    for window in WINDOWS:
        resize(page, *window)
        found += faults(page)
    return found


def faults_of_length(page: Page) -> list[str]:
    """As above, and axe only on the phone: its rules know no length, and a long page takes them seconds."""
    resize(page, *WINDOWS[0])
    wide = page.evaluate(TOO_WIDE)
    resize(page, *WINDOWS[1])
    return [*([f"{wide} pixels too wide at a desk"] if wide > 0 else []), *faults(page)]


def resize(page: Page, width: int, scheme: Any) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.emulate_media(color_scheme=scheme)


def walk(
    reader: Visit, pages: Mapping[str, str], look: Callable[[Page], list[str]] = faults_in_all_windows
) -> dict[str, list[str]]:
    """What is wrong with which page."""
    found = {name: look(reader.go(path)) for name, path in pages.items()}
    return {name: wrong for name, wrong in found.items() if wrong}
