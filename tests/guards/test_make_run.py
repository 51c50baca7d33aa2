"""`make run` says in one sentence what stands in its way, before it builds anything."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tools import environment

ROOT = Path(environment.__file__).resolve().parent.parent


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """Return a copy of what `make run` needs, without an environment."""
    (tmp_path / "tools").mkdir()
    for name in ("Makefile", "requirements.txt", "requirements-dev.txt", "tools/environment.py"):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def make_run(clone, *arguments, **environ):
    """Run `make run` as on a machine with an empty environment."""
    known = {"PATH": os.environ["PATH"], "PYTHON": sys.executable, **environ}
    done = subprocess.run(
        ["make", "run", *arguments],
        cwd=clone, env=known, capture_output=True, text=True, check=False, timeout=30,
    )  # fmt: skip
    said = [line for line in done.stderr.splitlines() if not line.startswith("make: ")]
    return done.returncode, done.stdout, said


def test_says_that_the_port_is_taken(clone):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        code, out, said = make_run(clone, f"PORT={port}")
    assert (code, out, len(said)) == (2, "", 1)
    assert f"Cổng {port} đang có chương trình khác dùng" in said[0]
    assert f"Port {port} is taken by another program" in said[0]
    assert not (clone / ".venv").exists()


def test_says_that_the_port_is_no_number(clone):
    code, out, said = make_run(clone, PORT="eight")
    assert (code, out, len(said)) == (2, "", 1)
    assert "PORT has to be a number from 1 to 65535, not 'eight'" in said[0]


def test_says_that_venv_is_missing(clone):
    (clone / "bare").mkdir()
    (clone / "bare" / "ensurepip.py").write_text("raise ImportError('not on this machine')")
    code, out, said = make_run(clone, PORT=str(free_port()), PYTHONPATH=str(clone / "bare"))
    assert (code, out, len(said)) == (2, "", 1)
    assert "apt install python3-venv" in said[0]
    assert not (clone / ".venv").exists()


def test_says_that_python_is_too_old(clone):
    old = clone / "old-python"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    code, out, said = make_run(clone, PYTHON=str(old))
    assert (code, out, len(said)) == (2, "", 1)
    assert "Cần Python" in said[0] or "cần Python 3.11" in said[0]


def test_installs_again_only_when_a_lock_changed(clone, monkeypatch):
    installed = []
    monkeypatch.setattr(environment, "_works", lambda _python: True)
    monkeypatch.setattr(
        environment, "_install", lambda _py, lock, _log: installed.append(lock.name)
    )
    (clone / ".venv").mkdir()
    for kind in ("run", "run", "dev", "run", "dev"):
        environment.prepare(kind, clone)
    assert installed == ["requirements.txt", "requirements-dev.txt"]
    with (clone / "requirements.txt").open("a") as lock:
        lock.write("# newer\n")
    environment.prepare("dev", clone)
    assert installed[2:] == ["requirements-dev.txt"]


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
