"""What operators do that no other room does: have parked work tried again."""

from shop.core import audit, outbox
from shop.core.db import db, transaction
from shop.core.errors import NotFound, WrongState
from shop.core.outbox import OutboxMessage


def retry_message(message_id: int) -> None:
    """Let a parked message be tried anew, on the record.

    Raises NotFound for a message that is not there, WrongState for one that is not parked.
    """
    with transaction():
        message = db.session.get(OutboxMessage, message_id)
        if message is None:
            raise NotFound
        said = {"topic": message.topic, "error": message.error}
        if not outbox.retry(message_id):
            raise WrongState
        audit.record("outbox.retried", message, said)
