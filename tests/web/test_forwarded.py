"""Whose address a request has: what the nearest trusted machine says, never what it claims."""

from shop.core.throttle import ThrottleWindow


def test_who_claims_another_address_is_counted_under_the_own_one(new_client, db):
    """Without a trusted proxy the header is anybody's."""
    for number in range(3):
        claimed = {"X-Forwarded-For": f"203.0.113.{number}", "X-Real-IP": f"203.0.113.{number}"}
        typed = {"email": "ai@vi-du.example", "password": "sai-mat-khau-roi"}
        new_client().post("/dang-nhap", data=typed, headers=claimed)
    windows = db.select(ThrottleWindow.count).where(ThrottleWindow.key.like("sign-in-address:%"))
    assert db.session.scalars(windows).all() == [3]
