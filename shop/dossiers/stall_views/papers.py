"""The official forms of a self-assessment, filled in and ready to print."""

from flask import Response, make_response

from shop.criteria import queries as criteria
from shop.dossiers import official_forms
from shop.dossiers.models import Assessment
from shop.dossiers.queries import assessments as queries
from shop.dossiers.stall_views.blueprint import bp
from shop.dossiers.standing import Standing, standing
from shop.stalls.access import stall_role
from shop.stalls.models import StallMember
from shop.stalls.permissions import Permission
from shop.stalls.views.cards import place_text


@bp.get("/tu-danh-gia/<int:assessment_id>/mau-01.pdf")
@stall_role(Permission.MANAGE_CERTIFICATES)
def registration_form(membership: StallMember, assessment_id: int) -> Response:
    """Print Mẫu 01, the registration."""
    found = queries.assessment_of(membership.stall_id, assessment_id)
    return _pdf("mau-01.pdf", official_forms.registration(_facts(found, _standing(found))))


@bp.get("/tu-danh-gia/<int:assessment_id>/mau-02.pdf")
@stall_role(Permission.MANAGE_CERTIFICATES)
def assessment_form(membership: StallMember, assessment_id: int) -> Response:
    """Print Mẫu 02, the self-assessment with every criterion."""
    found = queries.assessment_of(membership.stall_id, assessment_id)
    now, kept = _standing(found), queries.evidence_by_code(found.id)
    rows = queries.answer_rows(found.id)
    attached = official_forms.Attached(
        files={code: [each.note for each in files] for code, files in kept.items()},
        notes={code: row.note for code, row in rows.items()},
    )
    made = official_forms.self_assessment(
        _facts(found, now), now.sheet, now.answers, score=now.score, attached=attached
    )
    return _pdf("mau-02.pdf", made)


def _standing(found: Assessment) -> Standing:
    sheet = criteria.sheet_of(found.version_id, found.product_set)
    return standing(sheet, queries.answers_of(found.id))


def _facts(found: Assessment, now: Standing) -> official_forms.Facts:
    stall = queries.stall_with_place(found.stall_id)
    parts = (stall.street, place_text(stall))
    return official_forms.Facts(
        legal_name=stall.legal_name,
        address=", ".join(part for part in parts if part),
        tax_code=stall.tax_code,
        representative=stall.representative,
        phone=stall.phone,
        province=stall.province.name if stall.province_code else "",
        product_name=found.product.name,
        product_set=found.product_set,
        set_name=now.sheet.name,
        summary=found.product.summary,
        stars=now.score.stars,
    )


def _pdf(name: str, made: bytes) -> Response:
    response = make_response(made)
    response.headers["Content-Type"] = "application/pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
