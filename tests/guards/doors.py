"""Who gets through which door of the floor: the reviewed table that every route must stand in."""

from collections.abc import Iterator

ROLES = {
    "visitor": "nobody is signed in",
    "blocked": "was signed in until an operator blocked her",
    "owner": "the buyer to whom orders, address, devices, review and letters belong",
    "buyer": "another buyer",
    "manager": "runs the stall to which goods, parts of orders and certificates belong",
    "helper": "has the other kind of account at that stall",
    "rival": "runs another stall",
    "moderator": "decides in the province of the stall",
    "elsewhere": "decides in another province",
    "insider": "decides in the province of the stall, and works for it",
    "operator": "is an operator of the floor",
}
IN, SIGN_IN, FORBIDDEN, NOT_FOUND = ".", "s", "3", "4"

#                     visitor blocked owner buyer manager helper rival moderator elsewhere insider
#                     operator: one letter each
DOORS = {
    "everybody": "...........",
    "machine": "33333333333",
    "nobody": "44444444444",
    "sandbox's machine": "...........",
    "signed in": "ss.........",
    "not one's own": "ss3........",
    "own": "ss.44444444",
    "own, by its gateway": "ss444444444",
    "stall": "ss44..444.4",
    "stall's manager": "ss44.3444.4",
    "desk": "ss33333...3",
    "case": "ss33333.4.3",
    "decision": "ss33333.433",
    "uploader": "ss33333.443",
    "seat": "ss333334443",
    "operator": "ss33333333.",
}

ENDPOINTS = {
    "everybody": """
        static web.choose_language web.healthz web.page web.style_guide web.upload
        accounts.sign_in accounts.enter accounts.register accounts.register_now accounts.sign_out
        accounts.forgot accounts.ask_for_reset accounts.reset accounts.choose_password
        backoffice.readyz cart.cart cart.add cart.remove cart.set_quantity
        cart.enter_code cart.drop_code
        catalogue.home catalogue.browse catalogue.product catalogue.registry catalogue.entry
        catalogue.certificate places.suggest search.results stalls.stalls stalls.stall
        criteria.sheets criteria.sheet
        catalogue.check_code catalogue.certificate_qr catalogue.shelf_card catalogue.code_report
        catalogue.send_code_report catalogue.certificate_json catalogue.openapi
        payments.vnpay_notice payments.sandbox_vnpay_api
    """,
    "machine": "payments.card_notice payments.bank_notice",
    "nobody": """
        backoffice.metrics payments.vnpay_return
        payments.sandbox_stripe payments.sandbox_card_page payments.sandbox_card_pay
        payments.sandbox_vnpay_page payments.sandbox_vnpay_pay
    """,
    "signed in": """
        accounts.profile accounts.update_profile accounts.password accounts.change_password
        accounts.addresses accounts.new_address accounts.add_address
        accounts.devices accounts.revoke_all accounts.revoke_others
        checkout.checkout checkout.enter_code notifications.inbox notifications.read_all
        orders.orders
        reviews.report stalls.apply stalls.add_paper
        catalogue.claim_row
        stalls.save_application stalls.send_application stalls_stall.home
    """,
    "not one's own": "reviews.send_report",
    "own": """
        accounts.address accounts.change_address accounts.make_default accounts.delete_address
        accounts.revoke_device checkout.place notifications.open_notification
        orders.order orders.sheet orders.end orders.cancel orders.receive
        payments.pay payments.go
        reviews.write reviews.save stalls.own_paper stalls.remove_paper
    """,
    "stall": """
        stalls_stall.today stalls_stall.more
        catalogue_stall.goods catalogue_stall.new catalogue_stall.create catalogue_stall.edit
        catalogue_stall.save catalogue_stall.submit catalogue_stall.withdraw catalogue_stall.hide
        catalogue_stall.show catalogue_stall.discard
        catalogue_stall.packs catalogue_stall.new_pack catalogue_stall.add_pack
        catalogue_stall.pack catalogue_stall.save_pack
        catalogue_stall.pictures catalogue_stall.add_pictures catalogue_stall.describe_pictures
        catalogue_stall.move_picture catalogue_stall.remove_picture
        catalogue_stall.stock catalogue_stall.product_stock catalogue_stall.pack_stock
        catalogue_stall.journal catalogue_stall.receive catalogue_stall.count
        orders_stall.orders orders_stall.order orders_stall.slip orders_stall.confirm
        orders_stall.pack orders_stall.ship orders_stall.deliver orders_stall.end
        orders_stall.cancel orders_stall.came_back orders_stall.bring_back
        promotions_stall.vouchers promotions_stall.new promotions_stall.create
        promotions_stall.voucher promotions_stall.save promotions_stall.extend
        promotions_stall.end promotions_stall.withdraw
        reviews_stall.reviews reviews_stall.review reviews_stall.answer
    """,
    "stall's manager": """
        stalls_stall.settings stalls_stall.save_settings
        stalls_stall.members stalls_stall.add_member stalls_stall.change_kind
        stalls_stall.remove_member catalogue_stall.certificate catalogue_stall.claim
        shipping_stall.table shipping_stall.save
        promotions_stall.join promotions_stall.leave
        payments_stall.money payments_stall.ways payments_stall.save payments_stall.received
        payments_stall.decide payments_stall.settle payments_stall.proof
        dossiers_stall.evidence_pack
        dossiers_stall.assessments dossiers_stall.start_assessment dossiers_stall.assessment
        dossiers_stall.criterion dossiers_stall.save_criterion dossiers_stall.evidence
        dossiers_stall.remove_evidence dossiers_stall.discard_assessment
        dossiers_stall.registration_form dossiers_stall.assessment_form
        dossiers_stall.dossiers dossiers_stall.dossier dossiers_stall.handing_in
        dossiers_stall.dossier_evidence
        dossiers_stall.hand_in dossiers_stall.withdraw
    """,
    "desk": """
        stalls_moderator.queue stalls_moderator.stalls catalogue_moderator.queue
        certification_moderator.queue reviews_moderator.queue
        certification_moderator.reports
        certification_moderator.lists certification_moderator.upload
        dossiers_moderator.queue
    """,
    "case": """
        stalls_moderator.case stalls_moderator.paper catalogue_moderator.case
        certification_moderator.case certification_moderator.scan reviews_moderator.case
        certification_moderator.ruling
        certification_moderator.report certification_moderator.report_photo
        dossiers_moderator.case dossiers_moderator.evidence
    """,
    "decision": """
        stalls_moderator.accept stalls_moderator.return_case catalogue_moderator.decide
        certification_moderator.verify certification_moderator.give_back
        certification_moderator.take certification_moderator.release
        certification_moderator.refuse certification_moderator.revoke
        certification_moderator.restore certification_moderator.confirm
        certification_moderator.grace
        reviews_moderator.hide reviews_moderator.keep
        certification_moderator.close_report certification_moderator.match
        dossiers_moderator.forward dossiers_moderator.give_back dossiers_moderator.note
        dossiers_moderator.convene dossiers_moderator.close
        dossiers_moderator.reseat
        dossiers_moderator.send_up dossiers_moderator.send_down
        dossiers_moderator.recognise dossiers_moderator.recognise_five
        dossiers_moderator.refuse
    """,
    "own, by its gateway": """
        payments.card_return payments.transfer_code payments.sandbox_bank_transfer
    """,
    "seat": "dossiers_moderator.sheet dossiers_moderator.fill_in",
    "uploader": """
        certification_moderator.list_import certification_moderator.columns
        certification_moderator.save_columns certification_moderator.start
        certification_moderator.discard certification_moderator.errors
        certification_moderator.resume
    """,
    "operator": """
        backoffice_operator.home backoffice_operator.trail backoffice_operator.retry
        backoffice_operator.people backoffice_operator.person backoffice_operator.moderators
        backoffice_operator.block backoffice_operator.unblock
        backoffice_operator.add_scope backoffice_operator.remove_scope
        stalls_operator.stalls stalls_operator.stall stalls_operator.suspend
        stalls_operator.reactivate
        promotions_operator.vouchers promotions_operator.new promotions_operator.create
        promotions_operator.voucher promotions_operator.save promotions_operator.extend
        promotions_operator.end promotions_operator.withdraw
        payments_operator.money payments_operator.decide payments_operator.settle
        payments_operator.retry
    """,
}


def reviewed() -> dict[str, str]:
    """Return the door of each endpoint."""
    return {name: door for door, names in ENDPOINTS.items() for name in names.split()}


def expected(door: str, role: str) -> str:
    """Return what a role meets at a door."""
    return DOORS[door][list(ROLES).index(role)]


def faults(endpoints: set[str]) -> Iterator[str]:
    """Yield the endpoints that nobody has reviewed, and the rows of endpoints that are gone."""
    rows = [name for names in ENDPOINTS.values() for name in names.split()]
    yield from sorted(f"{name} has no row" for name in endpoints - set(rows))
    yield from sorted(f"{name} is no endpoint" for name in set(rows) - endpoints)
    yield from sorted({f"{name} has two rows" for name in rows if rows.count(name) > 1})
