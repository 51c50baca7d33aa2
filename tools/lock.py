"""Render the hashed locks from the lists of direct dependencies, for Python 3.11 and newer.

`tools/lock.py --upgrade` takes newer versions where the lists allow them.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OPTIONS = ("--quiet", "--universal", "--python-version", "3.11", "--generate-hashes")
NAMES = ("requirements", "requirements-dev")  # the second is constrained by the first


def main(options: list[str]) -> int:
    """Render both locks; return the exit code of the first that fails."""
    uv = Path(sys.executable).with_name("uv")
    for name in NAMES:
        files = [f"{name}.in", "-o", f"{name}.txt"]
        done = subprocess.run(
            [uv, "pip", "compile", *OPTIONS, *options, *files], cwd=ROOT, check=False
        )
        if done.returncode:
            return done.returncode
        print(f"{name}.txt")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
