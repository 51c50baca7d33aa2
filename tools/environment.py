"""Make the virtual environment from the hashed lock, and start the floor in it.

Runs on a bare Python 3.11 with nothing but its own library. What cannot be done is said in one
sentence, in Vietnamese and in English, with exit code 1.
"""

import errno
import hashlib
import os
import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = {
    "run": ("requirements.txt",),
    "dev": ("requirements.txt", "requirements-dev.txt"),
}
PIP_OPTIONS = (
    "--require-hashes",
    "--no-input",
    "--disable-pip-version-check",
    "--no-warn-script-location",
    "--progress-bar=off",
)
NO_VENV = (
    "Máy này thiếu gói tạo môi trường Python: hãy chạy `apt install python3-venv` rồi thử lại."
    " · This machine lacks Python's venv: run `apt install python3-venv` and try again."
)
VENV_FAILED = (
    "Không tạo được .venv; lý do ở trên. · The .venv could not be made; the reason is above."
)
NO_INSTALL = (
    "Không cài được các thư viện; lý do ở trên, chi tiết trong {log}."
    " · The libraries could not be installed; the reason is above, details are in {log}."
)
BAD_PORT = (
    "PORT phải là một số từ 1 đến 65535, không phải {port!r}."
    " · PORT has to be a number from 1 to 65535, not {port!r}."
)
PORT_TAKEN = (
    "Cổng {port} đang có chương trình khác dùng: hãy tắt nó, hoặc chạy `make run PORT={other}`."
    " · Port {port} is taken by another program: stop it, or run `make run PORT={other}`."
)
PORT_FORBIDDEN = (
    "Không được phép mở cổng {port}: hãy chạy `make run PORT=8000`."
    " · Port {port} may not be opened: run `make run PORT=8000`."
)


class PlainSentenceError(Exception):
    """What stands in the way, in words for the person at the terminal."""


def check_port(text: str) -> None:
    """Raise PlainSentenceError unless the floor can listen on this port of HOST."""
    if not (text.isdecimal() and 0 < int(text) < 65536):
        raise PlainSentenceError(BAD_PORT.format(port=text))
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((os.environ.get("HOST") or "127.0.0.1", int(text)))
        except OSError as error:
            other = 8001 if int(text) == 8000 else 8000
            words = PORT_TAKEN if error.errno == errno.EADDRINUSE else PORT_FORBIDDEN
            raise PlainSentenceError(words.format(port=text, other=other)) from error


def prepare(kind: str, root: Path = ROOT) -> Path:
    """Return the Python of a `.venv` that holds exactly the locked libraries of this kind.

    Nothing is installed when the locks are those of the last time.
    """
    venv = root / ".venv"
    python = venv / "bin" / "python"
    if not _works(python):
        _make_venv(venv)
    stamps = {name: _stamp(locks, root) for name, locks in LOCKS.items()}
    if not _is_current(venv, kind, stamps):
        _install(python, root / LOCKS[kind][-1], venv / "pip.log")
        for name in LOCKS if kind == "dev" else (kind,):
            (venv / f"{name}.stamp").write_text(stamps[name], encoding="ascii")
    return python


def _works(python: Path) -> bool:
    """Tell whether there is a Python that is new enough and not of a removed installation."""
    if not python.exists():
        return False
    code = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
    done = subprocess.run([python, "-c", code], capture_output=True, check=False)
    return done.returncode == 0


def _make_venv(venv: Path) -> None:
    try:
        from ensurepip import bootstrap  # noqa: F401, PLC0415  Debian ships it separately
    except ImportError as error:
        raise PlainSentenceError(NO_VENV) from error
    print("Tạo môi trường trong .venv · Making the environment in .venv", flush=True)
    command = [sys.executable, "-m", "venv", "--clear", str(venv)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        print((done.stdout + done.stderr).strip(), file=sys.stderr)
        raise PlainSentenceError(VENV_FAILED)


def _stamp(locks: tuple[str, ...], root: Path) -> str:
    digest = hashlib.sha256(sys.version.encode())
    for name in locks:
        digest.update((root / name).read_bytes())
    return digest.hexdigest()


def _is_current(venv: Path, kind: str, stamps: dict[str, str]) -> bool:
    path = venv / f"{kind}.stamp"
    return path.exists() and path.read_text(encoding="ascii") == stamps[kind]


def _install(python: Path, lock: Path, log: Path) -> None:
    """Install a lock with pip, which checks every hash; show how far it is, and what went wrong."""
    total = sum("==" in line for line in lock.read_text(encoding="utf-8").splitlines())
    print(f"Cài {total} thư viện đã khoá · Installing {total} locked libraries", flush=True)
    command = [str(python), "-m", "pip", "install", *PIP_OPTIONS, "-r", str(lock)]
    pip = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    seen = 0
    with pip, log.open("w", encoding="utf-8") as copy:
        for line in pip.stdout or ():
            copy.write(line)
            if line.startswith(("Collecting ", "Requirement already satisfied")):
                seen += 1
                _show_progress(seen, total)
            elif line.startswith("ERROR"):
                print(line.rstrip()[:300], file=sys.stderr)
    if pip.returncode:
        raise PlainSentenceError(NO_INSTALL.format(log=log))


def _show_progress(seen: int, total: int) -> None:
    if seen % 25 == 0:
        print(f"  {min(seen, total)} / {total}", flush=True)


def main(arguments: list[str]) -> int:
    """Prepare the environment `run` or `dev`; `serve` starts the floor in it."""
    kind = arguments[0] if arguments else "serve"
    try:
        if kind == "serve":
            check_port(os.environ.get("PORT") or "8000")
        python = prepare("dev" if kind == "dev" else "run")
    except PlainSentenceError as sentence:
        print(sentence, file=sys.stderr)
        return 1
    if kind == "serve":
        os.chdir(ROOT)
        os.execv(python, [str(python), "-m", "shop"])  # noqa: S606  takes over this process
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
