"""How large a published list may be, and what is said of one that is larger."""

from flask_babel import lazy_gettext

MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 100 * 1024 * 1024
MOST_ROWS = 50_000
MOST_LINES = 2 * MOST_ROWS
MOST_COLUMNS = 100
MOST_CELLS = 2_000_000
MOST_LETTERS = 40_000_000
MOST_SHEETS = 50
MOST_RANGES = 100_000
LONGEST_LINE = 100_000
LONGEST_CELL = 1000
LONGEST_HEADING = 200
HEADING_ROWS = 15

LARGE_FILE = lazy_gettext("The file is larger than 10 MB. Please split the list.")
LARGE_INSIDE = lazy_gettext("The Excel file is too large inside. Please split the list.")
MANY_ROWS = lazy_gettext("The list has more than 50,000 rows. Please split it.")
MANY_LINES = lazy_gettext(
    "The list reaches over more than 100,000 lines. Please delete the empty ones."
)
MANY_COLUMNS = lazy_gettext(
    "The list has more than 100 columns. Please delete those that do not belong to it."
)
MANY_CELLS = lazy_gettext(
    "The list has more than 2,000,000 cells. Please split it, or delete empty lines and columns."
)
MANY_SHEETS = lazy_gettext(
    "The Excel file has more than 50 sheets. Please keep only those of the list."
)
UNREADABLE = lazy_gettext("This Excel file cannot be read. Please save it as .xlsx or CSV again.")
