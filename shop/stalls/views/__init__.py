"""What everybody sees of stalls, and the page on which one applies for one."""

from shop.stalls.views import application, shell
from shop.stalls.views.public import bp

__all__ = ["application", "bp", "shell"]
