"""What operators read: the state of the floor, its people, its audit trail, its health."""

from shop.backoffice.queries.floor import (
    Day,
    Readings,
    Waiting,
    Worker,
    orders_by_status,
    orders_per_day,
    parked,
    products_by_status,
    readings,
    stalls_by_status,
    waiting,
    worker,
)
from shop.backoffice.queries.health import Part, parts
from shop.backoffice.queries.people import (
    Moderator,
    Place,
    moderators,
    page_of_people,
    person,
    places_of,
    stalls_of,
)
from shop.backoffice.queries.trail import TrailFilter, names_of, page_of_entries

__all__ = [
    "Day",
    "Moderator",
    "Part",
    "Place",
    "Readings",
    "TrailFilter",
    "Waiting",
    "Worker",
    "moderators",
    "names_of",
    "orders_by_status",
    "orders_per_day",
    "page_of_entries",
    "page_of_people",
    "parked",
    "parts",
    "person",
    "places_of",
    "products_by_status",
    "readings",
    "stalls_by_status",
    "stalls_of",
    "waiting",
    "worker",
]
