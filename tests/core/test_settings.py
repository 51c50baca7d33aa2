"""Settings from the environment: what production refuses, and the secret of a small machine."""

import time
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from threading import Barrier

import pytest

import config

SOUND = {
    "APP_ENV": "production",
    "SECRET_KEY": "x" * 32,
    "PUBLIC_URL": "https://cho.example",
    "MAIL_URL": "smtp://127.0.0.1",
}


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("SECRET_KEY", ""),
        ("SECRET_KEY", config.DEVELOPMENT_SECRET),
        ("SECRET_KEY", "x" * 31),
        ("PUBLIC_URL", ""),
        ("MAIL_URL", ""),
    ],
)
def test_production_does_not_start_with_a_weak_setting(tmp_path, setting, value):
    with pytest.raises(config.InsecureSettings, match=setting):
        config.load({**SOUND, "DATA_DIR": str(tmp_path), setting: value})


def test_production_starts_with_sound_settings_and_a_secure_cookie(tmp_path):
    settings = config.load({**SOUND, "DATA_DIR": str(tmp_path)})
    assert settings["SECRET_KEY"] == SOUND["SECRET_KEY"]
    assert settings["SESSION_COOKIE_SECURE"] is True
    assert settings["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert not list(tmp_path.iterdir())


def test_processes_that_begin_at_once_share_one_secret(tmp_path, monkeypatch):
    start, number, draw = Barrier(8), count(), config.secrets.token_hex

    def draw_slowly(size):
        time.sleep(0.01 * next(number))
        return draw(size)

    def begin(_number):
        start.wait(timeout=10)
        return config.load({"DATA_DIR": str(tmp_path)})["SECRET_KEY"]

    monkeypatch.setattr(config.secrets, "token_hex", draw_slowly)
    with ThreadPoolExecutor(8) as pool:
        secrets = set(pool.map(begin, range(8)))
    assert len(secrets) == 1
    assert len(secrets.pop()) == 64
    [kept] = tmp_path.iterdir()
    assert kept.stat().st_mode & 0o077 == 0
