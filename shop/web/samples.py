"""Invented goods, forms and events with which the style guide shows every component."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from wtforms import (
    BooleanField,
    DateField,
    FileField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from shop.web.assets import static_url
from shop.web.forms import ShopForm, VndField

MORNING = datetime(2026, 11, 20, 1, 15, tzinfo=UTC)


def _choices(labels: Mapping[str, str]) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in labels.items()]


class SampleForm(ShopForm):
    """One field of each kind."""

    name = StringField("Tên sản phẩm", [InputRequired()], description="Đúng như trên nhãn.")
    story = TextAreaField("Chuyện của sản phẩm")
    set_code = SelectField(
        "Bộ sản phẩm", choices=_choices({"7": "Mật ong, các sản phẩm từ mật ong", "3": "Chè"})
    )
    price_vnd = VndField("Giá bán", [InputRequired()])
    quantity = IntegerField("Số lượng trong kho", [InputRequired()])
    decided_on = DateField("Ngày quyết định")
    kind = RadioField(
        "Chủ thể là",
        [InputRequired()],
        choices=_choices(
            {"htx": "Hợp tác xã", "ho": "Hộ sản xuất, kinh doanh", "dn": "Doanh nghiệp"}
        ),
    )
    days = SelectMultipleField(
        "Ngày gửi hàng",
        choices=_choices({"2": "Thứ hai", "4": "Thứ tư", "6": "Thứ sáu"}),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    agreed = BooleanField("Tôi cam kết thông tin trên là đúng sự thật", [InputRequired()])
    scan = FileField("Bản quét giấy chứng nhận", description="Ảnh hoặc PDF, tối đa 15 MB.")
    province = SelectField(
        "Tỉnh, thành phố",
        [InputRequired()],
        choices=_choices({"08": "Tuyên Quang", "96": "Cà Mau"}),
    )
    commune_name = StringField("Xã, phường, đặc khu", [InputRequired()])
    commune_code = HiddenField()


def samples() -> dict[str, Any]:
    """Return everything the style guide shows."""
    refused = SampleForm(formdata=None, prefix="loi", data={"name": "Mật ong bạc hà", "kind": "ho"})
    refused.name.errors = ["Tên này đã có trong gian hàng. Thêm quy cách hoặc vụ mùa để phân biệt."]
    refused.price_vnd.errors = ["Viết số tiền bằng đồng, ví dụ 150.000."]
    refused.kind.errors = ["Chọn một loại chủ thể."]
    refused.agreed.errors = ["Cần đồng ý trước khi gửi."]
    refused.scan.errors = ["Tệp này là video. Chọn ảnh chụp hoặc PDF."]
    return {
        "form": SampleForm(formdata=None),
        "refused": refused,
        "products": _products(),
        "stalls": _stalls(),
        "registry": _registry(),
        "events": _events(),
        "certificate": _certificate(),
    }


def _picture(name: str) -> SimpleNamespace:
    return SimpleNamespace(
        url=static_url(f"vendor/fluent-emoji/{name}.webp"),
        srcset="",
        width=256,
        height=256,
        alt="",
    )


def _product(name: str, drawing: str | None, price_vnd: int, **facts: Any) -> SimpleNamespace:
    usual = {
        "slug": "mau",
        "name": name,
        "stall_name": "HTX mẫu Cao Nguyên",
        "stall_slug": "mau",
        "province_name": "Tuyên Quang",
        "price_vnd": price_vnd,
        "price_is_from": False,
        "unit_price_text": None,
        "pack_text": "chai 500 ml",
        "stars": None,
        "certificate_code": None,
        "picture": _picture(drawing) if drawing else None,
        "in_stock": True,
        "rating_average": None,
        "rating_count": 0,
    }
    return SimpleNamespace(**{**usual, **facts})


def _products() -> list[SimpleNamespace]:
    code = "08-00000-000-2025"
    return [
        _product(
            "Mật ong bạc hà mẫu",
            "honey",
            360_000,
            stars=4,
            certificate_code=code,
            unit_price_text="720.000 ₫/lít",
            rating_average=4.8,
            rating_count=32,
        ),
        _product(
            "Chè Shan tuyết cổ thụ một tôm hai lá sao tay, vụ xuân, hộp quà sơn mài",
            "teapot",
            1_250_000,
            stars=5,
            certificate_code=code,
            price_is_from=True,
            stall_name="Hợp tác xã Dịch vụ nông nghiệp tổng hợp mẫu Thượng Nguồn",
            pack_text="hộp 200 g",
        ),
        _product("Gạo nếp nương mẫu", "rice", 85_000, pack_text="túi 2 kg", in_stock=False),
        _product("Nấm hương rừng khô", None, 210_000, stars=3, certificate_code=code),
    ]


def _stalls() -> list[SimpleNamespace]:
    return [
        SimpleNamespace(
            slug="mau",
            name="HTX mẫu Cao Nguyên",
            kind_text="Hợp tác xã",
            place_text="Xã mẫu, Tuyên Quang",
            product_count=12,
            certified_count=3,
            tagline="Mật bạc hà quay một vụ trong năm, khi hoa nở trên cao nguyên đá.",
            picture=_picture("bee"),
            rating_average=4.8,
            rating_count=132,
            closed_text=None,
        ),
        SimpleNamespace(
            slug="mau",
            name="Hộ làm nước mắm mẫu Cửa Biển",
            kind_text="Hộ sản xuất",
            place_text="Cà Mau",
            product_count=1,
            certified_count=0,
            tagline=None,
            picture=None,
            rating_average=None,
            rating_count=0,
            closed_text="Nghỉ tới 02/12/2026",
        ),
    ]


def _registry() -> list[SimpleNamespace]:
    def row(name: str, validity: str, words: str, **facts: Any) -> SimpleNamespace:
        usual = {
            "href": "#danh-muc",
            "name": name,
            "holder_name": "HTX mẫu Cao Nguyên",
            "place_text": "Tuyên Quang",
            "set_name": "Mật ong",
            "stars": 4,
            "validity": validity,
            "validity_text": words,
            "product_slug": None,
        }
        return SimpleNamespace(**{**usual, **facts})

    return [
        row("Mật ong bạc hà mẫu", "valid", "Còn hạn tới 14/03/2028", product_slug="mau"),
        row("Rượu ngô men lá mẫu", "expired", "Đã quá hạn", stars=3, set_name="Đồ uống có cồn"),
        row("Bưởi da xanh mẫu", "unknown", "Chưa rõ thời hạn", stars=None, set_name=None),
    ]


def _events() -> list[SimpleNamespace]:
    def event(
        title: str, at: datetime | None, *, text: str | None = None, tone: str | None = None
    ) -> SimpleNamespace:
        return SimpleNamespace(title=title, at=at, text=text, tone=tone)

    return [
        event("Đã đặt hàng", MORNING),
        event("Gian hàng đã nhận đơn", MORNING + timedelta(hours=2)),
        event(
            "Chậm gói hàng",
            MORNING + timedelta(days=1),
            text="Gian hàng xin thêm một ngày.",
            tone="warn",
        ),
        event("Giao cho bưu tá", None, text="Dự kiến 23/11/2026"),
        event("Người mua nhận hàng", None),
    ]


def _certificate() -> SimpleNamespace:
    return SimpleNamespace(
        stars=4,
        code="08-00000-000-2025",
        score_text="81,50 điểm",
        authority="UBND tỉnh Tuyên Quang",
        decision_text="Quyết định mẫu",
        expires_on=date(2028, 3, 14),
        is_valid=True,
        title="Chứng nhận OCOP 4 sao, còn hiệu lực",
    )
