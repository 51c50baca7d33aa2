"""The audit trail in words: what each action is called, what it was done to, what it changed."""

import json
from typing import Any

from flask_babel import lazy_gettext

from shop.core.errors import Words

ACTIONS: dict[str, Words] = {
    "accounts.created": lazy_gettext("made an account"),
    "accounts.blocked": lazy_gettext("blocked an account"),
    "accounts.unblocked": lazy_gettext("unblocked an account"),
    "accounts.password_changed": lazy_gettext("changed the password"),
    "accounts.password_reset": lazy_gettext("chose a new password by a link"),
    "accounts.scope_given": lazy_gettext("let a moderator decide at a place"),
    "accounts.scope_taken": lazy_gettext("took a place from a moderator"),
    "stall.begun": lazy_gettext("began an application"),
    "stall.submitted": lazy_gettext("sent an application"),
    "stall.accepted": lazy_gettext("accepted a stall"),
    "stall.returned": lazy_gettext("returned an application"),
    "stall.suspended": lazy_gettext("closed a stall"),
    "stall.reactivated": lazy_gettext("opened a stall again"),
    "stall.member_added": lazy_gettext("added a member"),
    "stall.member_changed": lazy_gettext("changed a member's account"),
    "stall.member_removed": lazy_gettext("removed a member"),
    "stall.settings_changed": lazy_gettext("changed a stall's settings"),
    "shipping.fees_set": lazy_gettext("set the delivery fees"),
    "registry.imported": lazy_gettext("imported a recognition list"),
    "registry.changed": lazy_gettext("changed a line of the registry"),
    "certificate.submitted": lazy_gettext("handed in a certificate"),
    "certificate.verified": lazy_gettext("verified a certificate"),
    "certificate.returned": lazy_gettext("returned a certificate"),
    "certificate.refused": lazy_gettext("refused a certificate"),
    "certificate.revoked": lazy_gettext("revoked a certificate"),
    "certificate.replaced": lazy_gettext("replaced a certificate"),
    "certificate.restored": lazy_gettext("restored a certificate"),
    "certificate.grace": lazy_gettext("kept a certificate by grace"),
    "certificate.withheld": lazy_gettext("withheld the stars of a certificate"),
    "certificate.confirmed": lazy_gettext("confirmed what a certificate covers"),
    "product.created": lazy_gettext("began a listing"),
    "product.edited": lazy_gettext("edited a listing"),
    "product.pictures_added": lazy_gettext("added pictures"),
    "product.pictures_ordered": lazy_gettext("put pictures in order"),
    "product.pictures_described": lazy_gettext("described pictures"),
    "product.picture_removed": lazy_gettext("removed a picture"),
    "product.submitted": lazy_gettext("handed in a listing"),
    "product.withdrawn": lazy_gettext("took a listing back"),
    "product.published": lazy_gettext("published a listing"),
    "product.returned": lazy_gettext("returned a listing"),
    "product.hidden": lazy_gettext("hid a listing"),
    "product.shown": lazy_gettext("showed a listing again"),
    "product.change_accepted": lazy_gettext("accepted a change of a listing"),
    "product.change_returned": lazy_gettext("returned a change of a listing"),
    "product.change_discarded": lazy_gettext("discarded a change of a listing"),
    "sku.created": lazy_gettext("added a pack"),
    "sku.edited": lazy_gettext("edited a pack"),
    "sku.price_changed": lazy_gettext("changed a price"),
    "sku.tiers_changed": lazy_gettext("changed price breaks"),
    "voucher.created": lazy_gettext("made a voucher"),
    "voucher.edited": lazy_gettext("edited a voucher"),
    "voucher.extended": lazy_gettext("extended a voucher"),
    "voucher.ended": lazy_gettext("ended a voucher early"),
    "voucher.withdrawn": lazy_gettext("withdrew a voucher"),
    "voucher.joined": lazy_gettext("joined a voucher of the floor"),
    "voucher.left": lazy_gettext("left a voucher of the floor"),
    "stock.received": lazy_gettext("took goods into stock"),
    "stock.counted": lazy_gettext("corrected a count"),
    "order.placed": lazy_gettext("placed an order"),
    "order.confirm": lazy_gettext("confirmed an order"),
    "order.pack": lazy_gettext("packed an order"),
    "order.ship": lazy_gettext("handed a parcel over"),
    "order.deliver": lazy_gettext("delivered an order"),
    "order.receive": lazy_gettext("received an order"),
    "order.cancel": lazy_gettext("cancelled an order"),
    "order.bring_back": lazy_gettext("took a parcel back"),
    "payment.claimed": lazy_gettext("claimed a payment"),
    "payment.captured": lazy_gettext("took in a payment"),
    "payment.voided": lazy_gettext("dropped a claim"),
    "payment.refunded": lazy_gettext("paid back"),
    "payment.expired": lazy_gettext("let go what was not paid in time"),
    "payment.settings": lazy_gettext("changed how a stall is paid"),
    "receipt.parked": lazy_gettext("kept money that fits nothing"),
    "receipt.resolved": lazy_gettext("decided on money that fitted nothing"),
    "refund.requested": lazy_gettext("promised money back"),
    "refund.done": lazy_gettext("gave money back"),
    "refund.failed": lazy_gettext("was refused a refund by a gateway"),
    "refund.retried": lazy_gettext("asked a gateway for a refund again"),
    "order.pay": lazy_gettext("took an order as paid"),
    "order.expire": lazy_gettext("ended an order that was not paid in time"),
    "order.revive": lazy_gettext("took up an order that was paid late"),
    "review.written": lazy_gettext("wrote a review"),
    "review.edited": lazy_gettext("edited a review"),
    "review.answered": lazy_gettext("answered a review"),
    "review.reported": lazy_gettext("reported a review"),
    "review.hidden": lazy_gettext("hid a review"),
    "review.kept": lazy_gettext("let a reported review stand"),
    "certificate.approved": lazy_gettext("read 5 stars as the first moderator"),
    "code.reported": lazy_gettext("reported a product code"),
    "code.handled": lazy_gettext("closed a report of a code"),
    "criteria.imported": lazy_gettext("imported score sheets"),
    "assessment.started": lazy_gettext("began a self-assessment"),
    "assessment.discarded": lazy_gettext("threw a self-assessment away"),
    "dossier.handed_in": lazy_gettext("handed in a dossier"),
    "dossier.forwarded": lazy_gettext("sent a dossier on"),
    "dossier.noted": lazy_gettext("wrote a note on a dossier"),
    "dossier.convened": lazy_gettext("convened a council"),
    "dossier.reseated": lazy_gettext("changed a seat in a council"),
    "dossier.sheet_handed_in": lazy_gettext("handed in a council sheet"),
    "dossier.scored": lazy_gettext("closed a council"),
    "dossier.sent_up": lazy_gettext("sent a dossier to the ministry"),
    "dossier.sent_down": lazy_gettext("took a dossier back from the ministry"),
    "dossier.recognised": lazy_gettext("recognised a product"),
    "dossier.refused": lazy_gettext("did not recognise a product"),
    "dossier.returned": lazy_gettext("returned a dossier"),
    "dossier.withdrawn": lazy_gettext("withdrew a dossier"),
    "certificate.differed": lazy_gettext("read a certificate differently from a colleague"),
    "certificate.unlisted": lazy_gettext("took a list's proof off a certificate"),
    "certificate.grace_ended": lazy_gettext("ended the grace of a certificate"),
    "certificate.matched": lazy_gettext("matched a certificate with a later list"),
    "list.uploaded": lazy_gettext("uploaded a recognition list"),
    "list.mapped": lazy_gettext("said what the columns of a list mean"),
    "list.started": lazy_gettext("began to import a list"),
    "list.resumed": lazy_gettext("went on with an import that stood still"),
    "list.imported": lazy_gettext("imported a list"),
    "list.discarded": lazy_gettext("discarded a list"),
    "demo.loaded": lazy_gettext("loaded the demo floor"),
    "outbox.retried": lazy_gettext("had a parked job tried again"),
}
SUBJECTS: dict[str, Words] = {
    "users": lazy_gettext("Person"),
    "stalls": lazy_gettext("Stall"),
    "products": lazy_gettext("Product"),
    "skus": lazy_gettext("Pack"),
    "vouchers": lazy_gettext("Voucher"),
    "certificates": lazy_gettext("Certificate"),
    "recognition_entries": lazy_gettext("Line of the registry"),
    "stall_orders": lazy_gettext("Order of a stall"),
    "payment_shares": lazy_gettext("Share of a payment"),
    "payments": lazy_gettext("Payment of an order"),
    "receipts": lazy_gettext("Money that came"),
    "refunds": lazy_gettext("Refund"),
    "reviews": lazy_gettext("A buyer's review"),
    "review_reports": lazy_gettext("Report of a review"),
    "dossiers": lazy_gettext("Dossier"),
    "assessments": lazy_gettext("Self-assessment"),
    "criteria_versions": lazy_gettext("Score sheets"),
    "code_reports": lazy_gettext("Report of a code"),
    "list_imports": lazy_gettext("Import of a list"),
    "outbox_messages": lazy_gettext("Job"),
}


def action_words(action: str) -> str:
    """Return an action in words; one that nobody has worded stays as it is written."""
    return str(ACTIONS.get(action, action))


def subject_words(subject_type: str) -> str:
    """Return what kind of thing a subject is."""
    return str(SUBJECTS.get(subject_type, subject_type))


def data_rows(data: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the data of an entry by name; what has a before and an after shows both."""
    return [(name, _value(value)) for name, value in data.items()]


def _value(value: Any) -> str:
    if isinstance(value, dict) and value.keys() == {"before", "after"}:
        return f"{_value(value['before'])} → {_value(value['after'])}"
    if isinstance(value, str):
        return value or "∅"
    return "∅" if value is None else json.dumps(value, ensure_ascii=False)
