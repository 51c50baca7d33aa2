"""Loading the demo floor, and telling whether it is there."""

from shop.demo.operations.loading import (
    DemoRefused,
    Size,
    is_empty,
    is_loaded,
    load_demo,
    mark_shell,
)

__all__ = ("DemoRefused", "Size", "is_empty", "is_loaded", "load_demo", "mark_shell")
