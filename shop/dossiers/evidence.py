"""The evidence pack: what the floor itself can prove about a product, document by document.

Sums are exact đồng of delivered goods. Nothing here knows a buyer: a sale is a day, a province,
packs and an amount.
"""

import enum
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from flask_babel import gettext

from shop.core.sheets import Cell
from shop.criteria.sheet import Sheet
from shop.dossiers.attachments import plain

Row: TypeAlias = Sequence[Cell]


class Topic(enum.StrEnum):
    """What a criterion is about, by how its label begins; codes differ between sets."""

    LABEL = "Phong cách, ghi nhãn"
    ENTITY = "Loại hình tổ chức sản xuất"
    GROWTH = "Tăng trưởng sản xuất"
    DISTRIBUTION = "Khu vực phân phối"
    CHAIN = "Liên kết chuỗi giá trị trong quảng bá"
    PROMOTION = "Quảng bá sản phẩm"
    STORY = "Câu chuyện sản phẩm"
    ASSURANCE = "ĐẢM BẢO CHẤT LƯỢNG"


@dataclass(frozen=True)
class Sale:
    """A line of a delivered order, without anything of its buyer but the province."""

    order_id: int
    day: date
    province: str
    packs: int
    total_vnd: int

    @property
    def month(self) -> str:
        """Return the month as it sorts: `2026-11`."""
        return f"{self.day:%Y-%m}"


@dataclass(frozen=True)
class Facts:
    """All that goes into a pack; certificates and papers are rows as they will be shown."""

    product_name: str
    stall_name: str
    about: Sequence[Row]
    sales: Sequence[Sale]
    certificates: Sequence[Row]
    papers: Sequence[Row]
    sheet: Sheet
    is_demo: bool


@dataclass(frozen=True)
class Document:
    """A table of the pack: its file, what it shows, which criteria it serves."""

    name: str
    title: str
    shows: str
    criteria: Sequence[str]
    head: Sequence[str]
    rows: Sequence[Row]


def criteria_about(sheet: Sheet, *topics: Topic) -> list[str]:
    """Return code and label of the sheet's criteria about these topics: `4.1 Khu vực …`."""
    wanted = tuple(plain(topic) for topic in topics)
    return [
        f"{each.code} {each.label.partition('(')[0].strip()}"
        for each in sheet.criteria()
        if plain(each.label).startswith(wanted)
    ]


Key = Callable[[Sale], tuple[str, ...]]


def summed(sales: Iterable[Sale], key: Key) -> list[list[Cell]]:
    """Return a row per key, in order: the key, orders, packs, đồng."""
    groups: dict[tuple[str, ...], list[Sale]] = defaultdict(list)
    for sale in sales:
        groups[key(sale)].append(sale)
    return [[*parts, *_sums(group)] for parts, group in sorted(groups.items())]


def _sums(sales: Sequence[Sale]) -> list[Cell]:
    return [
        len({sale.order_id for sale in sales}),
        sum(sale.packs for sale in sales),
        sum(sale.total_vnd for sale in sales),
    ]


def _with_total(sales: Sequence[Sale], key: Key, width: int) -> list[list[Cell]]:
    """Return the rows and below them the sums of all; each order counts once there."""
    return [*summed(sales, key), [gettext("Total"), *[""] * (width - 1), *_sums(sales)]]


def documents(facts: Facts) -> list[Document]:
    """Return the tables of a pack in the order of its index."""
    return [_about(facts), *_sales(facts), *_papers(facts)]


def _about(facts: Facts) -> Document:
    return Document(
        "01-gian-hang-tren-san",
        gettext("Stall and product on the floor"),
        gettext("Where the product is sold online, under which address, by whom"),
        criteria_about(facts.sheet, Topic.DISTRIBUTION, Topic.CHAIN, Topic.PROMOTION),
        [gettext("What"), gettext("As the floor has it")],
        facts.about,
    )


def _sales(facts: Facts) -> list[Document]:
    numbers = [gettext("Orders"), gettext("Packs"), gettext("Goods, đồng")]
    month, province = gettext("Month"), gettext("Province of the buyer")
    return [
        Document(
            "02-ban-hang-theo-thang",
            gettext("Sales by month"),
            gettext("Delivered goods of this product by month, without delivery fees"),
            criteria_about(facts.sheet, Topic.GROWTH),
            [month, *numbers],
            _with_total(facts.sales, lambda sale: (sale.month,), 1),
        ),
        Document(
            "03-theo-thang-va-tinh",
            gettext("Sales by month and province"),
            gettext("The same sums, divided by the province that the parcel went to"),
            criteria_about(facts.sheet, Topic.GROWTH, Topic.DISTRIBUTION, Topic.CHAIN),
            [month, province, *numbers],
            _with_total(facts.sales, lambda sale: (sale.month, sale.province), 2),
        ),
        Document(
            "04-noi-da-giao",
            gettext("Where it was delivered"),
            gettext("Provinces that parcels of this product reached"),
            criteria_about(facts.sheet, Topic.DISTRIBUTION, Topic.CHAIN),
            [province, *numbers],
            _with_total(facts.sales, lambda sale: (sale.province,), 1),
        ),
    ]


def _papers(facts: Facts) -> list[Document]:
    until, state = gettext("Valid until"), gettext("State today")
    return [
        Document(
            "05-giay-chung-nhan-ocop",
            gettext("OCOP certificates on file"),
            gettext("What was handed in for this product and what became of it"),
            [],
            [
                *(gettext("Product code"), gettext("Stars"), gettext("Score")),
                *(gettext("Decision"), gettext("Decided on"), gettext("Issued by")),
                *(until, state),
            ],
            facts.certificates,
        ),
        Document(
            "06-giay-to-gian-hang",
            gettext("Papers of the stall"),
            gettext("Registration and other papers, without those of a person"),
            criteria_about(facts.sheet, Topic.ENTITY, Topic.ASSURANCE),
            [
                *(gettext("Paper"), gettext("Paper number"), gettext("Issued by")),
                *(gettext("Issued on"), until, state),
            ],
            facts.papers,
        ),
    ]


def missing(sheet: Sheet) -> list[tuple[str, list[str]]]:
    """Return what a dossier also asks for and this floor keeps nothing of, with the criteria."""
    return [
        (gettext("Promotions and fairs taken part in"), criteria_about(sheet, Topic.PROMOTION)),
        (
            gettext("Electronic trace codes and the story in them"),
            criteria_about(sheet, Topic.LABEL, Topic.STORY),
        ),
    ]
