"""A person with a browser, so that a journey reads as sentences."""

import re
from collections.abc import Mapping
from typing import Any

from playwright.sync_api import Locator, Page, expect
from playwright.sync_api import TimeoutError as TooLate

from shop.accounts.models import User
from tests.accounts.factories import PASSWORD
from tests.journeys.album import Album
from tests.journeys.judging import Complaints, faults
from tests.journeys.live import LiveFloor

FIELDS = "input, select, textarea"
SUGGESTION = ".combobox [role=option]"
PATIENCE_MS = 8_000

Answers = Mapping[str, Any]


class Visitor:
    """A person at the market: goes, fills in, presses, sees; each page she lands on is judged."""

    def __init__(self, page: Page, live: LiveFloor, album: Album, *, scripts: bool = True) -> None:
        """Sit down before an empty page, in a browser that runs scripts or does not."""
        self.page = page
        self.live = live
        self.album = album
        self.scripts = scripts
        self.complaints = Complaints(page)

    def go(self, path: str) -> "Visitor":
        """Open an address of the floor."""
        self.live.settle()
        self.page.goto(path)
        return self._land()

    def sign_in(self, user: User, path: str = "/") -> "Visitor":
        """Sign in as somebody the factories made, and go on to an address."""
        self.live.settle()
        self.page.goto(f"/dang-nhap?tiep={path}")
        self.fill({"Địa chỉ email": user.email, "Mật khẩu": PASSWORD})
        return self.press("Đăng nhập", inside="main")

    def fill(self, answers: Answers, inside: str = "main") -> "Visitor":
        """Answer fields by their labels: text, True to tick, a choice by its words, files."""
        for label, value in answers.items():
            named = re.compile(rf"^\s*{re.escape(label)}")
            field = self.page.locator(inside).get_by_label(named).and_(self.page.locator(FIELDS))
            _answer(self._found(field, label), value)
        return self

    def type_into(self, label: str, words: str) -> "Visitor":
        """Type letter by letter, as a field that makes suggestions wants it."""
        field = self.page.locator("main").get_by_label(label, exact=True).first
        field.press_sequentially(words, delay=20)
        self.page.locator(SUGGESTION).first.wait_for()
        return self

    def choose(self, words: str) -> "Visitor":
        """Take a suggestion."""
        self.page.locator(SUGGESTION, has_text=words).first.click()
        return self

    def press(self, name: str, inside: str = "body") -> "Visitor":
        """Press a button or follow a link, and land on the page it leads to."""
        self.live.settle()
        control = self._found(self.control(name, inside), name)
        with self.page.expect_navigation():
            control.click()
        return self._land()

    def press_twice_in(self, selector: str) -> "Visitor":
        """Press twice in a hurry."""
        self.live.settle()
        with self.page.expect_navigation():
            self.page.locator(selector).dblclick()
        return self._land()

    def another_tab(self) -> "Visitor":
        """Open a second tab of the same browser."""
        return Visitor(self.page.context.new_page(), self.live, self.album)

    def choose_order(self, words: str) -> "Visitor":
        """Choose how a list is sorted."""
        with self.page.expect_navigation():
            self.page.get_by_label("Xếp theo").select_option(label=words)
        return self._land()

    def ask(self, name: str) -> "Visitor":
        """Press what first asks whether one is sure."""
        self._found(self.control(name), name).click()
        return self

    def agree(self) -> "Visitor":
        """Say yes to the question that has opened over the page."""
        return self.press_in("dialog .button--danger")

    def press_in(self, selector: str) -> "Visitor":
        """Press what only a selector names, and land."""
        self.live.settle()
        with self.page.expect_navigation():
            self.page.locator(selector).click()
        return self._land()

    def unfold(self, words: str) -> "Visitor":
        """Open the folded part of the page with these words, if it is closed."""
        summary = self.page.locator("summary", has_text=words).filter(visible=True).first
        if summary.is_visible() and not summary.evaluate("each => each.parentElement.open"):
            summary.click()
        return self

    def back(self) -> "Visitor":
        """Use the browser's back button."""
        self.page.go_back()
        return self._land()

    def see(self, *words: str) -> "Visitor":
        """Make sure that all these words can be read on the page."""
        for each in words:
            self._found(self._readable(each).first, each)
        return self

    def miss(self, *words: str) -> "Visitor":
        """Make sure that none of these words can be read on the page."""
        for each in words:
            expect(self._readable(each)).to_have_count(0)
        return self

    def see_picture(self, selector: str) -> "Visitor":
        """Make sure that a picture has arrived and is no broken one."""
        shown = self.page.locator(selector).first
        shown.scroll_into_view_if_needed()
        self.page.wait_for_function("each => each.naturalWidth > 0", arg=shown.element_handle())
        return self

    def control(self, name: str, inside: str = "body") -> Locator:
        """Return the button or link of this name."""
        scope = self.page.locator(inside)
        named = re.compile(rf"^{re.escape(name)}( \d+)?$")  # a tab counts what is on it
        link = scope.get_by_role("link", name=named)
        return scope.get_by_role("button", name=named).or_(link).filter(visible=True).first

    def keep(self, name: str) -> "Visitor":
        """Put a picture of the page into the album."""
        self.album.keep(self.page, name)
        return self

    def _readable(self, words: str) -> Locator:
        return self.page.get_by_text(words).filter(visible=True)

    def _found(self, wanted: Locator, name: str) -> Locator:
        try:
            wanted.wait_for(timeout=PATIENCE_MS)
        except TooLate:
            words = self.page.locator("body").inner_text()
            raise AssertionError(f"no {name!r} at {self.page.url}, but:\n{words}") from None
        return wanted

    def _land(self) -> "Visitor":
        found = faults(self.page, self.complaints, scripts=self.scripts)
        assert not found, f"{self.page.url}\n" + "\n".join(found)
        return self


def _answer(control: Locator, value: Any) -> None:
    match control.evaluate("each => each.type"):
        case "file":
            control.set_input_files(value)
        case "checkbox" | "radio":
            control.check()
        case "select-one":
            control.select_option(label=value)
        case _:
            control.fill(value)
