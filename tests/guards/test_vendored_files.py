"""What came from npm is what the lock says, with its licence."""

import json
import re
from hashlib import sha256
from pathlib import Path

import pytest

STATIC = Path(__file__).resolve().parents[2] / "static"
LOCK = json.loads((STATIC / "vendor/vendor.lock.json").read_text("utf-8"))
PACKAGES = LOCK["packages"]
ICON = re.compile(r"""\bicon(?:_name=|\()["']([a-z0-9-]+)["']""")


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package["package"])
def test_every_file_has_the_hash_of_the_lock(package):
    found = {name: sha256((STATIC / name).read_bytes()).hexdigest() for name in package["sha256"]}
    assert found == package["sha256"]


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package["package"])
def test_every_package_is_pinned_and_carries_its_licence(package):
    assert package["integrity"].startswith("sha512-")
    assert f"vendor/{package['into']}/LICENSE" in package["sha256"]


def test_nothing_is_vendored_without_the_lock():
    known = {name for package in PACKAGES for name in package["sha256"]}
    present = {
        path.relative_to(STATIC).as_posix()
        for path in (STATIC / "vendor").rglob("*")
        if path.is_file() and path.name != "vendor.lock.json"
    }
    assert present - known == set()


def test_every_icon_that_a_template_names_is_in_the_sprite():
    sprite = (STATIC / "img/icons.svg").read_text("utf-8")
    templates = (STATIC.parent / "templates").rglob("*.html")
    named = {name for path in templates for name in ICON.findall(path.read_text("utf-8"))}
    assert len(named) > 20
    assert [name for name in sorted(named) if f'id="{name}"' not in sprite] == []


def test_every_icon_of_the_lock_is_in_the_sprite():
    sprite = (STATIC / "img/icons.svg").read_text("utf-8")
    listed = next(package["icons"] for package in PACKAGES if "icons" in package)
    assert [name for name in listed if f'id="{name}"' not in sprite] == []
    assert 'fill="none"' not in sprite
