"""What a person would really send to each address that takes a form."""

from typing import Any

from tests.catalogue.cockpit import PACK, WORDS
from tests.guards.foreign_floor import Floor, a_list, day, picture
from tests.stalls.papers import FIELDS, with_paper

ADDRESS = {
    "recipient": "Nguyễn Thị Hương",
    "phone": "0912345678",
    "province_code": "01",
    "commune_name": "Phường Ba Đình",
    "commune_code": "00004",
    "street": "12 ngõ 5 phố Chợ",
}
NEW_PASSWORD = "mot-cau-dai-va-kho-doan"
CLAIM = {
    "product_code": "08-00721-123-2026",
    "stars": "5",
    "score": "95",
    "decision_number": "12/QĐ-UBND",
    "decided_on": day(-30),
    "issuer": "Ủy ban nhân dân tỉnh mẫu",
    "expires_on": day(900),
}
SCREENED = dict.fromkeys(
    ("parts", "material_origin", "local_labour", "idea_origin", "local_identity"), "confirmed"
)
SIGNED = {
    "stars": "3",
    "product_code": "08-00721-124-2026",
    "decision_number": "13/QĐ-UBND",
    "decided_on": day(0),
    "issuer": "Chủ tịch Ủy ban nhân dân tỉnh mẫu",
    "expires_on": day(900),
}
REASON = {"reason": "Vì một lý do đủ dài"}
CANCEL_AS_BUYER = {"reason_code": "changed_mind", "reason": ""}
CANCEL_AS_STALL = {"reason_code": "other", "reason": "Hết hàng vì mưa lũ"}
DELIVERY = {"own_province_vnd": "20.000", "elsewhere_vnd": "35.000", "free_from_vnd": ""}
VOUCHER = {
    "code": "TET2027",
    "name": "Giảm dịp Tết",
    "kind": "amount",
    "amount": "20.000",
    "starts_on": day(2),
    "ends_on": day(20),
    "quota": "50",
    "per_buyer": "1",
}
LONGER = {"ends_on": day(60), "quota": "500"}
EARLY = {"end_on": day(0), "words": "Hàng đã hết mùa"}
SETTINGS = {"name": "HTX khác", "story": "", "phone": "0912345678", "street": "Thôn Mẫu"}


def form_of(floor: Floor, endpoint: str) -> dict[str, Any]:
    """Return a plausible form for an address; empty where a button is all there is."""
    found = FORMS.get(endpoint, {})
    said: dict[str, Any] = found(floor) if callable(found) else dict(found)
    return said


def _checkout(floor: Floor) -> dict[str, Any]:
    return {
        "address_id": floor.theirs["address_id"],
        "checkout_key": "k" * 32,
        "digest": "d" * 32,
        "payment_method": "cod",
    }


def _line(floor: Floor) -> dict[str, Any]:
    return {"sku_id": floor.theirs["sku_id"], "quantity": 1}


FORMS: dict[str, Any] = {
    "web.choose_language": {"locale": "vi", "tiep": "/"},
    "accounts.enter": {"email": "ai-do@vi-du.example", "password": NEW_PASSWORD},
    "accounts.register_now": {
        "name": "Nguyễn Thị Mới",
        "email": "moi@vi-du.example",
        "password": NEW_PASSWORD,
        "terms": "y",
    },
    "accounts.ask_for_reset": {"email": "ai-do@vi-du.example"},
    "accounts.choose_password": {"password": NEW_PASSWORD},
    "accounts.update_profile": {"name": "Tên khác", "phone": "", "locale": "vi"},
    "accounts.change_password": {"current": "mat-khau-dung-2026", "password": NEW_PASSWORD},
    "accounts.add_address": ADDRESS,
    "accounts.change_address": ADDRESS,
    "cart.add": _line,
    "cart.remove": _line,
    "cart.set_quantity": _line,
    "cart.enter_code": {"code": "TET2027"},
    "cart.drop_code": lambda floor: {"voucher_id": floor.theirs["floor_voucher_id"]},
    "checkout.enter_code": {"code": "TET2027"},
    "promotions_stall.create": VOUCHER,
    "promotions_stall.save": VOUCHER,
    "promotions_stall.extend": LONGER,
    "promotions_stall.end": EARLY,
    "promotions_stall.join": lambda floor: {"voucher_id": floor.theirs["floor_voucher_id"]},
    "promotions_stall.leave": lambda floor: {"voucher_id": floor.theirs["floor_voucher_id"]},
    "promotions_operator.create": {**VOUCHER, "floor_share": "50"},
    "promotions_operator.save": {**VOUCHER, "floor_share": "50"},
    "promotions_operator.extend": LONGER,
    "promotions_operator.end": EARLY,
    "checkout.place": _checkout,
    "orders.cancel": CANCEL_AS_BUYER,
    "reviews.save": {"rating": "1", "words": "Không phải của tôi"},
    "reviews.send_report": {"reason": "other", "words": "Không đúng"},
    "stalls.add_paper": lambda _floor: with_paper(**{"giay-moi-file": picture()}),
    "stalls.save_application": FIELDS,
    "stalls.send_application": lambda _floor: with_paper(**{"giay-moi-file": picture()}),
    "stalls.remove_paper": FIELDS,
    "catalogue_stall.create": WORDS,
    "catalogue_stall.save": WORDS,
    "catalogue_stall.add_pack": PACK,
    "catalogue_stall.save_pack": PACK,
    "catalogue_stall.add_pictures": lambda _floor: {"pictures": picture()},
    "catalogue_stall.describe_pictures": lambda floor: {f"alt-{floor.theirs['file_id']}": "Lời"},
    "catalogue_stall.receive": {"in-quantity": "5"},
    "catalogue_stall.count": {"count-quantity": "5", "count-note": "Kiểm kho"},
    "catalogue_stall.claim": lambda _floor: {**CLAIM, "scan": picture()},
    "catalogue.send_code_report": {"seen_at": "market", "words": "Thấy trên hũ mật ong"},
    "certification_moderator.upload": lambda _floor: {"file": a_list()},
    "certification_moderator.save_columns": {
        "first": "2",
        "column_0": "product_name",
        "column_1": "producer",
        "column_2": "old_province",
    },
    "certification_moderator.match": lambda floor: {"entry_id": floor.theirs["entry_id"]},
    "certification_moderator.start": {"which": "all"},
    "certification_moderator.close_report": {"note": "Đã hỏi chủ thể"},
    "orders_stall.ship": {"carrier": "Xe khách", "tracking_number": "X-1"},
    "orders_stall.cancel": CANCEL_AS_STALL,
    "orders_stall.bring_back": CANCEL_AS_STALL,
    "reviews_stall.answer": {"words": "Cảm ơn bạn"},
    "stalls_stall.save_settings": SETTINGS,
    "stalls_stall.add_member": lambda floor: {"email": floor.facts["email"], "kind": "operator"},
    "stalls_stall.change_kind": {"kind": "operator"},
    "shipping_stall.save": DELIVERY,
    "payments_stall.save": {"accepts_cod": "y", "bank_bin": ""},
    "payments_stall.decide": {"resolution": "refund", "words": "Chuyển nhầm"},
    "payments_stall.settle": {"reference": "FT-1"},
    "payments_operator.decide": {"resolution": "refund", "words": "Chuyển nhầm"},
    "payments_operator.settle": {"reference": "FT-1"},
    "dossiers_stall.start_assessment": lambda floor: {
        "product_id": floor.theirs["product_id"],
        "product_set": "0",
    },
    "dossiers_stall.save_criterion": lambda _floor: {
        "option": "0",
        "note": "Có giấy tờ",
        "files": picture(),
    },
    "stalls_moderator.accept": {"version": "1"},
    "stalls_moderator.return_case": {"version": "1", "reason": "other", "words": "Thiếu giấy"},
    "catalogue_moderator.decide": {"version": "1", "decision": "nhan"},
    "certification_moderator.verify": {"stars": "5", "expires_on": day(900)},
    "certification_moderator.give_back": {
        "return-reason": "other",
        "return-words": "Thiếu trang hai",
    },
    "certification_moderator.refuse": {"refuse-reason": "other", "refuse-words": "Không khớp"},
    "certification_moderator.revoke": {"revoke-reason": "mistake", "revoke-words": "Không khớp"},
    "certification_moderator.restore": {"restore-words": "Thu hồi nhầm"},
    "certification_moderator.confirm": {"confirm-words": "Chỉ đổi cách viết"},
    "certification_moderator.grace": {
        "grace-filed_on": day(-1),
        "grace-until": day(1000),
        "grace-words": "Giấy hẹn số 12",
    },
    "dossiers_stall.hand_in": {"kind": "first", "sure": "y"},
    "dossiers_moderator.forward": SCREENED,
    "dossiers_moderator.give_back": {"return-reason": "other", "return-words": "Thiếu giấy"},
    "dossiers_moderator.note": {"kind": "site_visit", "day": day(0), "words": "Đã xem xưởng"},
    "dossiers_moderator.reseat": {"seat-user_id": "1", "seat-successor_id": "2"},
    "dossiers_moderator.recognise": SIGNED,
    "dossiers_moderator.recognise_five": {**SIGNED, "stars": "5", "score": "95"},
    "dossiers_moderator.send_down": {"down-score": "88,5"},
    "dossiers_moderator.refuse": {"reason": "other", "words": "Dưới 50 điểm"},
    "reviews_moderator.hide": {"seen": "x", "ground": "untrue", "words": "Theo quy định chung"},
    "reviews_moderator.keep": {"seen": "x", "words": "Theo quy định chung"},
    "backoffice_operator.block": REASON,
    "backoffice_operator.unblock": REASON,
    "backoffice_operator.add_scope": {"province_code": "01"},
    "stalls_operator.suspend": {"reason": "other_cause", "words": "Theo quyết định"},
}
