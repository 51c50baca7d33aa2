"""Pictures of telling pages, kept in the project only when asked for (KEEP_PICTURES=1)."""

from pathlib import Path

from playwright.sync_api import Page

from tools.pictures import keep


class Album:
    """A folder of pictures, each named for its page and the width of the screen."""

    def __init__(self, folder: Path) -> None:
        """Keep the pictures in this folder."""
        self.folder = folder

    def keep(self, page: Page, name: str) -> Path:
        """Take a picture of what the screen shows, at most two screens high."""
        width = page.viewport_size["width"]
        return keep(page, self.folder / f"{name}-{width}.webp")
