"""What is wrong with a page as it stands in the window: by axe's rules, and because it is wider than the window."""

from collections.abc import Mapping

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import Visit

TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
PHONE, DESK = {"width": 360, "height": 844}, {"width": 1280, "height": 844}


def faults(page: Page) -> list[str]:
    """Nothing is how it should be."""
    found = [f"{rule['id']}: {rule['nodes'][0]['html'][:120]}" for rule in Axe().run(page).response["violations"]]
    wide = page.evaluate(TOO_WIDE)
    return [*found, f"{wide} pixels too wide"] if wide > 0 else found


def walk(reader: Visit, pages: Mapping[str, str]) -> dict[str, list[str]]:
    """What is wrong with which page, on a phone by day and at a desk by night. Each is loaded once."""
    wrong = {}
    for name, path in pages.items():
        reader.page.set_viewport_size(PHONE)
        reader.page.emulate_media(color_scheme="light")
        page = reader.go(path)
        found = faults(page)
        page.set_viewport_size(DESK)
        page.emulate_media(color_scheme="dark")
        found += faults(page)
        if found:
            wrong[name] = found
    return wrong
