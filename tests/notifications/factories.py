"""Lines of the inbox for tests."""

from factory.alchemy import SQLAlchemyModelFactory
from factory.declarations import LazyFunction, SelfAttribute, Sequence, SubFactory

from shop.core import clock
from shop.core.db import db
from shop.notifications.models import Notification


class NotificationFactory(SQLAlchemyModelFactory):
    """An unread line that leads to the orders."""

    class Meta:
        model = Notification
        sqlalchemy_session = db.session
        sqlalchemy_session_persistence = "flush"
        exclude = ("user",)

    user = SubFactory("tests.accounts.factories.UserFactory")
    user_id = SelfAttribute("user.id")
    key = Sequence(lambda n: f"test:{n}")
    template = "accounts/welcome"
    subject = Sequence(lambda n: f"Đơn R{1001 + n} đã được xác nhận")
    url = "/don-hang"
    data = LazyFunction(dict)
    created_at = LazyFunction(clock.now)
