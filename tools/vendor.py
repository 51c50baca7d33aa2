"""Renew `static/vendor/` from npm: only the files named in the lock, with hashes and licences.

    python tools/vendor.py            fetch what the lock names and refuse anything that differs
    python tools/vendor.py --renew    accept what npm has now and write its hashes into the lock
    python tools/vendor.py --check    compare the committed files with the lock, without network

Needs `npm` unless `--check` is given. The icons used on the floor are listed in the lock; their
sprite is `static/img/icons.svg`.
"""

import base64
import json
import re
import subprocess
import sys
import tarfile
import tempfile
from hashlib import sha256, sha512
from pathlib import Path
from typing import Any

STATIC = Path(__file__).resolve().parent.parent / "static"
VENDOR = STATIC / "vendor"
LOCK = VENDOR / "vendor.lock.json"
MIT = """MIT License

{copyright}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and
associated documentation files (the "Software"), to deal in the Software without restriction,
including without limitation the rights to use, copy, modify, merge, publish, distribute,
sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or
substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT
NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND
NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM,
DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT
OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""
SPRITE_HEAD = (
    "<!-- Lucide icons, ISC licence, see vendor/lucide/LICENSE -->"
    '<svg xmlns="http://www.w3.org/2000/svg">'
)


class VendorError(Exception):
    """A package or a file is not what the lock says."""


def main(arguments: list[str]) -> int:
    """Do what the command line asks; 1 when something differs from the lock."""
    try:
        if "--check" in arguments:
            check()
        else:
            renew_all(is_renewing="--renew" in arguments)
    except VendorError as error:
        sys.stderr.write(f"vendor: {error}\n")
        return 1
    return 0


def check() -> None:
    """Raise VendorError when a committed file differs from the lock, is missing or is extra."""
    known = {"vendor/vendor.lock.json"}
    for package in read_lock()["packages"]:
        for name, digest in package["sha256"].items():
            path = STATIC / name
            if not path.is_file():
                raise VendorError(f"{name} is missing")
            if sha256(path.read_bytes()).hexdigest() != digest:
                raise VendorError(f"{name} differs from the lock")
            known.add(name)
    for path in VENDOR.rglob("*"):
        name = path.relative_to(STATIC).as_posix()
        if path.is_file() and name not in known:
            raise VendorError(f"{name} is not in the lock")


def renew_all(*, is_renewing: bool) -> None:
    """Fetch every package of the lock and write its files."""
    lock = read_lock()
    for package in lock["packages"]:
        with tempfile.TemporaryDirectory() as folder:
            archive = fetch(package, Path(folder))
            integrity = "sha512-" + base64.b64encode(sha512(archive.read_bytes()).digest()).decode()
            if not is_renewing and integrity != package["integrity"]:
                raise VendorError(f"{package['package']}: the archive differs from the lock")
            written = extract(package, archive)
        digests = {name: sha256(data).hexdigest() for name, data in sorted(written.items())}
        if not is_renewing and digests != package["sha256"]:
            raise VendorError(f"{package['package']}: a file differs from the lock")
        package.update(integrity=integrity, sha256=digests)
        for name, data in written.items():
            (STATIC / name).parent.mkdir(parents=True, exist_ok=True)
            (STATIC / name).write_bytes(data)
    if is_renewing:
        LOCK.write_text(json.dumps(lock, indent=2, ensure_ascii=False) + "\n", "utf-8")


def fetch(package: dict[str, Any], folder: Path) -> Path:
    """Download one package's archive with `npm pack` and return its path."""
    wanted = f"{package['package']}@{package['version']}"
    subprocess.run(
        ["npm", "pack", wanted, "--silent"],
        cwd=folder,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return next(folder.glob("*.tgz"))


def extract(package: dict[str, Any], archive: Path) -> dict[str, bytes]:
    """Return the named files of an archive, by their place under `static/`, with the licence."""
    into = f"vendor/{package['into']}"
    with tarfile.open(archive) as tar:
        found = {
            f"{into}/{name}": _member(tar, source) for name, source in package["files"].items()
        }
        if "copyright" in package:
            found[f"{into}/LICENSE"] = MIT.format(copyright=package["copyright"]).encode()
        else:
            found[f"{into}/LICENSE"] = _member(tar, "LICENSE")
        if "icons" in package:
            found["img/icons.svg"] = sprite(
                {name: _member(tar, f"icons/{name}.svg").decode() for name in package["icons"]}
            )
    return found


def sprite(icons: dict[str, str]) -> bytes:
    """Put drawings into one file of symbols; fill and stroke are left to the style sheet."""
    symbols = []
    for name, drawing in sorted(icons.items()):
        inner = re.search(r"<svg[^>]*>(.*)</svg>", drawing, re.DOTALL)
        if inner is None:
            raise VendorError(f"the icon {name} is not a drawing")
        shapes = re.sub(r"\s+", " ", inner[1]).replace("> <", "><").strip()
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{shapes}</symbol>')
    return "\n".join([SPRITE_HEAD, *symbols, "</svg>", ""]).encode()


def read_lock() -> dict[str, Any]:
    """Return the lock: packages with version, integrity, files and their sha256."""
    lock: dict[str, Any] = json.loads(LOCK.read_text("utf-8"))
    return lock


def _member(tar: tarfile.TarFile, name: str) -> bytes:
    member = tar.extractfile(f"package/{name}")
    if member is None:
        raise VendorError(f"{name} is not a file of the archive")
    return member.read()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
