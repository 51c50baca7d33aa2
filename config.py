"""Settings, read from the environment alone; each has a default that suits one small machine."""

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

ROOT = str(Path(__file__).resolve().parent)
DEVELOPMENT_SECRET = "development-only-secret-key"  # noqa: S105  refused in production below


class InsecureSettings(RuntimeError):
    """Production was asked for with a setting that would give the floor away."""


def load(environ: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """Return the settings of this process as Flask configuration.

    Raises InsecureSettings when APP_ENV is `production` and SECRET_KEY or PUBLIC_URL is missing.
    """
    data_dir = Path(environ.get("DATA_DIR", "var")).resolve()
    public_url = environ.get("PUBLIC_URL", "").rstrip("/")
    is_production = environ.get("APP_ENV", "development") == "production"
    secret = environ.get("SECRET_KEY") or DEVELOPMENT_SECRET
    if is_production:
        _refuse_weak(secret, public_url, environ.get("MAIL_URL", ""))
    elif secret == DEVELOPMENT_SECRET:
        secret = _local_secret(data_dir)
    is_https = public_url.startswith("https://")
    return {
        "APP_ENV": "production" if is_production else "development",
        "SECRET_KEY": secret,
        "DATA_DIR": str(data_dir),
        "PUBLIC_URL": public_url,
        "SQLALCHEMY_DATABASE_URI": database_url(environ.get("DATABASE_URL", ""), data_dir),
        "SQLALCHEMY_ENGINE_OPTIONS": {"pool_pre_ping": True},
        "LOCAL_URL": f"http://127.0.0.1:{environ.get('PORT', '8000')}",
        "RATE_LIMITS": rate_limits(environ.get("RATE_LIMITS", "")),
        "PASSWORD_MEMORY_KIB": 19 * 1024,
        "PASSWORD_ROUNDS": 2,
        "MAIL_URL": environ.get("MAIL_URL", ""),
        "MAIL_FROM": environ.get("MAIL_FROM", "Chợ Phiên <khong-tra-loi@localhost>"),
        "TRUSTED_PROXIES": int(environ.get("TRUSTED_PROXIES", "0")),
        "TRUSTED_HOSTS": [host for host in environ.get("TRUSTED_HOSTS", "").split(",") if host]
        or None,
        "DISCOUNT_LIMIT_PERCENT": percent(environ.get("DISCOUNT_LIMIT_PERCENT", "50")),
        "FLOOR_CONTACT": environ.get("FLOOR_CONTACT", ""),
        "METRICS_TOKEN": environ.get("METRICS_TOKEN", ""),
        **payment_settings(environ, is_production=is_production, data_dir=data_dir),
        "LOG_FORMAT": environ.get("LOG_FORMAT", "json" if is_production else "text"),
        "MAX_CONTENT_LENGTH": 40 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 1024 * 1024,
        "MAX_FORM_PARTS": 500,
        "SESSION_COOKIE_NAME": "__Host-phien" if is_https else "phien",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": is_https,
        "PERMANENT_SESSION_LIFETIME": timedelta(days=30),
        "SESSION_REFRESH_EACH_REQUEST": False,
        "WTF_CSRF_TIME_LIMIT": None,
        "BABEL_DEFAULT_LOCALE": "vi",
        "BABEL_DEFAULT_TIMEZONE": "Asia/Ho_Chi_Minh",
        "COMPRESS_ALGORITHM": ["br", "gzip"],
    }


def payment_settings(
    environ: Mapping[str, str], *, is_production: bool, data_dir: Path
) -> dict[str, Any]:
    """Return the keys of the gateways; without any, outside production, those of the sandbox.

    The sandbox is a make-believe Stripe, VNPAY and bank within this process, for trying out.
    """
    found = {
        "STRIPE_SECRET_KEY": environ.get("STRIPE_SECRET_KEY", ""),
        "STRIPE_WEBHOOK_SECRET": environ.get("STRIPE_WEBHOOK_SECRET", ""),
        "STRIPE_API_BASE": environ.get("STRIPE_API_BASE", ""),
        "VNPAY_TMN_CODE": environ.get("VNPAY_TMN_CODE", ""),
        "VNPAY_HASH_SECRET": environ.get("VNPAY_HASH_SECRET", ""),
        "VNPAY_PAY_URL": environ.get("VNPAY_PAY_URL", ""),
        "VNPAY_API_URL": environ.get("VNPAY_API_URL", ""),
        "BANK_FEED_SECRET": environ.get("BANK_FEED_SECRET", ""),
    }
    is_asked = environ.get("PAYMENT_SANDBOX", "" if any(found.values()) else "1") == "1"
    if is_production or not is_asked:
        return {**found, "PAYMENT_SANDBOX": False}
    secret = _local_secret(data_dir)
    here = f"http://127.0.0.1:{environ.get('PORT', '8000')}/thu-nghiem"
    return {
        "PAYMENT_SANDBOX": True,
        "STRIPE_SECRET_KEY": f"sk_test_{secret[:24]}",
        "STRIPE_WEBHOOK_SECRET": f"whsec_{secret[24:48]}",
        "STRIPE_API_BASE": f"{here}/stripe",
        "VNPAY_TMN_CODE": "SANDBOX1",
        "VNPAY_HASH_SECRET": secret[:32].upper(),
        "VNPAY_PAY_URL": "/thu-nghiem/vnpay",
        "VNPAY_API_URL": f"{here}/vnpay/api",
        "BANK_FEED_SECRET": secret[32:],
    }


def database_url(url: str, data_dir: Path) -> str:
    """Return a SQLAlchemy address: SQLite under `data_dir` unless a server is named."""
    if not url:
        return f"sqlite:///{data_dir / 'chophien.db'}"
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


def percent(text: str) -> int:
    """Read a whole percentage from 1 to 100; raise InsecureSettings for anything else."""
    if not text.isdecimal() or not 1 <= int(text) <= 100:
        raise InsecureSettings(f"DISCOUNT_LIMIT_PERCENT: cannot read {text!r}; write 1 to 100")
    return int(text)


def rate_limits(text: str) -> dict[str, tuple[int, timedelta]]:
    """Read `sign-in-account=10/900, register=30/3600`: tries per seconds, by the limit's name.

    Raises InsecureSettings for what cannot be read, since a limit that is not kept is none.
    """
    limits = {}
    for part in filter(None, text.replace(" ", "").split(",")):
        name, _, rate = part.partition("=")
        most, _, seconds = rate.partition("/")
        if not (name and most.isdecimal() and seconds.isdecimal() and int(seconds)):
            raise InsecureSettings(f"RATE_LIMITS: cannot read {part!r}; write name=tries/seconds")
        limits[name] = (int(most), timedelta(seconds=int(seconds)))
    return limits


def _refuse_weak(secret: str, public_url: str, mail_url: str) -> None:
    if secret == DEVELOPMENT_SECRET or len(secret) < 32:
        raise InsecureSettings("SECRET_KEY: production needs a secret of 32 characters or more")
    if not mail_url:
        raise InsecureSettings("MAIL_URL: production sends letters, it does not print them")
    if not public_url:
        raise InsecureSettings("PUBLIC_URL: production needs the address that buyers type")


def _local_secret(data_dir: Path) -> str:
    """Return the secret of this development machine, made once and kept under DATA_DIR.

    It comes to be whole or not at all, whoever begins at the same moment.
    """
    path = data_dir / "secret-key"
    if not path.exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile("w", dir=data_dir) as fresh, suppress(FileExistsError):
            fresh.write(secrets.token_hex(32))
            fresh.flush()
            os.link(fresh.name, path)
    return path.read_text()
