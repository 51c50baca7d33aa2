"""What every page must be in a browser: readable for all, of one column, without a complaint."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OPTIONS = {"runOnly": TAGS, "resultTypes": ["violations"]}
WIDER = """() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return [];
  return [...document.querySelectorAll("body *")]
    .filter((each) => each.getBoundingClientRect().right > room + 1)
    .map((each) => `<${each.localName} class="${each.className}">`).slice(0, 5);
}"""


class Complaints:
    """What a page's console says against it: errors of scripts, the content policy, lost files."""

    def __init__(self, page: Page) -> None:
        """Listen from now on."""
        self.heard: list[str] = []
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.heard.append(f"script: {error}"))

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not is_answer_of_the_page(message):
            self.heard.append(f"{message.text} ({message.location['url']})")


def is_answer_of_the_page(message: ConsoleMessage) -> bool:
    """Tell whether Chromium only notes that the page itself came with 409 or 422."""
    where = message.location["url"] == (message.page.url if message.page else "")
    return where and message.text.startswith("Failed to load resource")


def faults(page: Page, complaints: Complaints, *, scripts: bool) -> list[str]:
    """Return what is wrong with the page that is shown; axe needs a browser that runs scripts."""
    found = complaints.heard + [f"wider than the screen: {each}" for each in page.evaluate(WIDER)]
    complaints.heard.clear()
    return found + [told(violation) for violation in (violations(page) if scripts else [])]


def violations(page: Page) -> list[dict[str, Any]]:
    """Return what axe holds against the page."""
    found: list[dict[str, Any]] = Axe().run(page, options=OPTIONS).response["violations"]
    return found


def told(violation: dict[str, Any]) -> str:
    """Return a violation in a line per element."""
    nodes = [f"\n    {node['html'][:160]}: {reason(node)}" for node in violation["nodes"][:4]]
    return f"axe {violation['id']}: {violation['help']}{''.join(nodes)}"


def reason(node: dict[str, Any]) -> str:
    """Return why axe names an element."""
    return "; ".join(each["message"] for kind in ("any", "all", "none") for each in node[kind])
