"""The demo floor: invented stalls and goods, marked as such on every page."""
