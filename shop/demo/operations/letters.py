"""What loading leaves behind in inboxes: a few lines for the demo people, and no letter at all."""

from datetime import timedelta

from sqlalchemy import delete, select, update

from shop.accounts.models import User
from shop.core import clock, outbox
from shop.core.db import change, db
from shop.demo.operations import people
from shop.demo.operations.scene import Scene
from shop.demo.operations.stalls import PlacedStall
from shop.notifications.models import Notification
from shop.notifications.operations import MAIL_TOPIC, notify
from shop.orders.models import Order, StallOrder, StallOrderStatus
from shop.orders.operations import CHANGED_TOPIC

UNREAD_DAYS = 2
MOST_LINES = 12


def tell_moderator(scene: Scene, stall: PlacedStall) -> None:
    """Tell the moderator of a stall that waits, as its application did."""
    moderator = scene.people[people.MODERATOR]
    with clock.at(scene.moment - timedelta(days=stall.opened_days + 2)):
        notify(
            moderator.id or 0,
            "stalls/waiting",
            key=f"stall-{stall.id}-v1-moderator:{moderator.id}",
            url=f"/tham-dinh/gian-hang/{stall.id}",
            data={"stall": stall.name},
        )


def tidy(scene: Scene) -> None:
    """Take back every letter promised to demo people, and keep few lines in few inboxes."""
    demo = select(User.id).where(User.is_demo)
    told = select("mail:" + Notification.key).where(Notification.user_id.in_(demo))
    mails = (outbox.OutboxMessage.topic == MAIL_TOPIC, outbox.OutboxMessage.key.in_(told))
    change(delete(outbox.OutboxMessage).where(*mails))
    _forget_steps()
    known = [actor.id for actor in scene.people.values()]
    change(
        delete(Notification).where(
            Notification.user_id.in_(demo), Notification.user_id.not_in(known)
        )
    )
    for user_id in known:
        _keep_newest(user_id or 0)
    old = Notification.created_at < scene.moment - timedelta(days=UNREAD_DAYS)
    change(
        update(Notification)
        .where(Notification.user_id.in_(known), old)
        .values(read_at=scene.moment)
    )


def _forget_steps() -> None:
    """Take back the messages of steps whose money has followed already."""
    ids = db.session.scalars(select(StallOrder.id).join(Order).where(Order.is_demo)).all()
    keys = [f"{CHANGED_TOPIC}:{number}:{status}" for number in ids for status in StallOrderStatus]
    change(delete(outbox.OutboxMessage).where(outbox.OutboxMessage.key.in_(keys)))


def _keep_newest(user_id: int) -> None:
    newest = (
        select(Notification.id)
        .where(Notification.user_id == user_id)
        .order_by(Notification.created_at.desc(), Notification.id.desc())
        .limit(MOST_LINES)
    )
    kept = db.session.scalars(newest).all()
    change(
        delete(Notification).where(Notification.user_id == user_id, Notification.id.not_in(kept))
    )
