"""The certificate as JSON, for programs: the same facts as the page, nothing of people."""

from typing import Any

from flask import Blueprint, Response, jsonify, url_for

from shop.catalogue.openapi import DESCRIPTION
from shop.catalogue.queries.registry import slugs_on_sale
from shop.certification import product_code
from shop.certification.models import Certificate
from shop.certification.product_sets import product_set
from shop.certification.queries import CertificateRecord, certificate_by_code
from shop.certification.standing import standing
from shop.certification.validity import Phase
from shop.web.access import public
from shop.web.addresses import public_address
from shop.web.conditional import asked_each_time


def register(bp: Blueprint) -> None:
    """Hang these addresses into the room's blueprint."""
    bp.get("/api/v1/certificates/<code>")(certificate_json)
    bp.get("/api/v1/openapi.json")(openapi)


@public
def certificate_json(code: str) -> Response:
    """Say what the page of a code says, or with 404 that no certificate has it."""
    written = product_code.canonical(code)
    record = certificate_by_code(written)
    return _open(_unknown(written) if record is None else asked_each_time(jsonify(_facts(record))))


@public
def openapi() -> Response:
    """Describe these addresses for programs, as OpenAPI 3.1."""
    described = {**DESCRIPTION, "servers": [{"url": public_address("/api/v1")}]}
    return _open(asked_each_time(jsonify(described)))


def _open(response: Response) -> Response:
    """Let pages of other sites read it: it is public, and knows no reader."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _unknown(code: str) -> Response:
    response = jsonify(
        type="about:blank",
        title="Not Found",
        status=404,
        detail="No certificate of this code was ever verified here.",
        code="unknown_code",
        product_code=code,
        is_well_formed=product_code.read_code(code) is not None,
        report_url=_address("code_report", code=code) if code else None,
    )
    response.status_code = 404
    response.mimetype = "application/problem+json"
    response.headers["Cache-Control"] = "no-store"
    return response


def _facts(record: CertificateRecord) -> dict[str, Any]:
    row = record.certificate
    phase, of_set = row.phase, product_set(row.product_set)
    return {
        "product_code": row.product_code,
        "product_name": row.product_name,
        "product_set": {"number": row.product_set, "name": str(of_set.name)},
        "stars": row.stars,
        "is_live": row.is_live,
        "stars_shown": row.stars if row.is_live else None,
        "status": phase.value,
        "status_text": str(standing(row)),
        "score": row.score_hundredths / 100 if row.score_hundredths is not None else None,
        "decision": {
            "number": row.decision_number,
            "date": row.decided_on.isoformat(),
            "issuer": row.issuer,
        },
        "valid_from": row.decided_on.isoformat(),
        "valid_until": row.expires_on.isoformat(),
        "live_until": row.live_until.isoformat() if phase.is_live else None,
        "holder": row.holder,
        "revocation_reason": row.reason if phase is Phase.REVOKED else None,
        "evidence_grade": row.grade.value if row.grade else None,
        "history": [
            {"at": event.at.isoformat(), "title": str(event.title), "text": event.text}
            for event in record.events
        ],
        "other_certificates": [each.product_code for each in record.others],
        "urls": _urls(row),
    }


def _urls(row: Certificate) -> dict[str, str | None]:
    code = row.product_code
    slug = slugs_on_sale([row.product_id]).get(row.product_id)
    return {
        "page": _address("certificate", code=code),
        "qr": _address("certificate_qr", code=code),
        "report": _address("code_report", code=code),
        "product": _address("product", slug=slug) if slug else None,
        "stall": public_address(url_for("stalls.stall", slug=row.stall.slug)) if slug else None,
    }


def _address(endpoint: str, **values: Any) -> str:
    return public_address(url_for(f"catalogue.{endpoint}", **values))
