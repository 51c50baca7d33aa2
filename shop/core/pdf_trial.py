"""Renders a stranger's PDF on trial: `python pdf_trial.py SECONDS < file`, in a process of its own.

It writes the number of pages. The system ends it when it takes more time or memory than a paper
ever needs: a file of a few kilobytes can keep a renderer busy for minutes.
"""

import resource
import sys

import pypdfium2

MOST_PAGES = 20
MOST_BYTES = 1024**3
WIDTH, MOST_HEIGHT = 1280, 4096
DAMAGED = 3


def scale_of(page: pypdfium2.PdfPage) -> float:
    """Return the scale at which a page of any measure becomes a picture of bounded size."""
    width, height = float(page.get_width()), float(page.get_height())
    return min(WIDTH / max(width, 1), MOST_HEIGHT / max(height, 1))


def main() -> None:
    """Render every page and forget it; say how many there are."""
    seconds = int(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
    try:
        with pypdfium2.PdfDocument(sys.stdin.buffer.read()) as document:
            pages = len(document)
            for page in document if pages <= MOST_PAGES else ():
                page.render(scale=scale_of(page))
    except pypdfium2.PdfiumError:
        sys.exit(DAMAGED)
    sys.stdout.write(f"{pages}\n")


if __name__ == "__main__":
    main()
