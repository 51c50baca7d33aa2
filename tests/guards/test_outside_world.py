"""The tests cannot reach strangers, send real mail, or hear the caller's settings."""

import os
import socket
import urllib.request

import pytest

from tests import environment
from tests.network import OutsideWorldError


def test_no_test_connects_to_a_stranger():
    with socket.socket() as probe, pytest.raises(OutsideWorldError):
        probe.connect(("192.0.2.1", 80))


def test_no_test_asks_for_a_name():
    with pytest.raises(OutsideWorldError):
        urllib.request.urlopen("https://shop.example/")


def test_no_test_sends_a_packet():
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe,
        pytest.raises(OutsideWorldError),
    ):
        probe.sendto(b"x", ("192.0.2.1", 53))


def test_a_server_of_this_machine_may_be_asked():
    with socket.socket() as server, socket.socket() as visitor:
        server.bind(("127.0.0.1", 0))
        server.listen()
        visitor.connect(server.getsockname())


def test_the_callers_settings_are_forgotten(monkeypatch):
    assert {"SECRET_KEY", "DATABASE_URL", "DATA_DIR", "MAIL_URL"} <= environment.settings_read()
    for name in ("SECRET_KEY", "STRIPE_SECRET_KEY", "FLASK_DEBUG", "PATH"):
        monkeypatch.setenv(name, os.environ.get(name, "the caller's"))
    environment.forget_settings()
    assert "PATH" in os.environ
    assert not {"SECRET_KEY", "STRIPE_SECRET_KEY", "FLASK_DEBUG"} & set(os.environ)


def test_the_floor_lives_in_a_folder_of_the_test(app, data_dir):
    assert app.config["DATA_DIR"] == str(data_dir)
    assert not app.config["MAIL_URL"]
