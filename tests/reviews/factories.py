"""Reviews for tests, written by the real use case: the sums and the record are right."""

from factory.base import Factory
from factory.declarations import LazyFunction

from shop.core.context import acting_as
from shop.core.db import db
from shop.orders.models import Order, OrderLine, StallOrder
from shop.orders.models import StallOrderStatus as S
from shop.reviews.models import ReportReason, Review
from shop.reviews.operations import Complaint, Said, report_review, write_review
from tests.accounts.factories import UserFactory
from tests.orders.factories import PlacedOrderFactory, buyer_of, line_of


class ReviewFactory(Factory):
    """A review of 5 with words by the buyer of a delivered order; `line=` says of which line."""

    class Meta:
        model = Review

    line = LazyFunction(lambda: line_of(PlacedOrderFactory(status=S.DELIVERED)))
    rating = 5
    words = "Mật thơm, đóng gói cẩn thận."
    pictures = ()

    @classmethod
    def _create(cls, _model, *_args, **kwargs):
        line = kwargs.pop("line")
        buyer = buyer_of(order_of(line))
        with acting_as(buyer.actor):
            return write_review(buyer.id, line.id, Said(**kwargs))


def order_of(line: OrderLine) -> Order:
    """Return the order of a line."""
    wanted = db.select(Order).join(Order.stall_orders).where(StallOrder.id == line.stall_order_id)
    return db.session.scalars(wanted).one()


def report(review: Review, reporter=None, words="Có số điện thoại của tôi", reason=None):
    """Let somebody report a review, and return that person."""
    reporter = reporter or UserFactory()
    with acting_as(reporter.actor):
        complaint = Complaint(reason or ReportReason.PERSONAL_DATA, words)
        report_review(reporter.id, review.id, complaint)
    return reporter
