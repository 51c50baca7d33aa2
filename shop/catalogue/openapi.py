"""The description of the open addresses, OpenAPI 3.1; a test holds real answers against it."""

from typing import Any

from shop.certification.validity import Phase

Schema = dict[str, Any]

DAY: Schema = {"type": "string", "format": "date"}
MOMENT: Schema = {"type": "string", "format": "date-time"}
ADDRESS: Schema = {"type": "string", "format": "uri"}
TEXT: Schema = {"type": "string"}
NEVER_SHOWN = {Phase.SUBMITTED, Phase.RETURNED, Phase.REFUSED}
PHASES = [phase.value for phase in Phase if phase not in NEVER_SHOWN]


def _maybe(schema: Schema) -> Schema:
    return {**schema, "type": [schema["type"], "null"]}


def _object(**properties: Schema) -> Schema:
    """Return an object of which every property is always there."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


CERTIFICATE = _object(
    product_code={**TEXT, "examples": ["08-00706-012-2026"]},
    product_name=TEXT,
    product_set=_object(number={"type": "integer", "minimum": 1, "maximum": 26}, name=TEXT),
    stars={"type": "integer", "enum": [3, 4, 5], "description": "What was decided, then."},
    is_live={"type": "boolean", "description": "Whether it is in force at this moment."},
    stars_shown={
        "type": ["integer", "null"],
        "enum": [3, 4, 5, None],
        "description": "The only stars to show: null as soon as the certificate is not in force.",
    },
    status={"type": "string", "enum": PHASES},
    status_text={**TEXT, "description": "The sentence of the page, in the reader's language."},
    score={"type": ["number", "null"], "minimum": 0, "maximum": 100},
    decision=_object(number=TEXT, date=DAY, issuer=TEXT),
    valid_from=DAY,
    valid_until={**DAY, "description": "The last day as printed; days are those of Vietnam."},
    live_until={**_maybe(DAY), "description": "The last day of the stars, with any grace."},
    holder=TEXT,
    revocation_reason=_maybe(TEXT),
    evidence_grade={**_maybe(TEXT), "description": "How strong the proof behind it is."},
    history={"type": "array", "items": _object(at=MOMENT, title=TEXT, text=TEXT)},
    other_certificates={"type": "array", "items": TEXT},
    urls=_object(
        page=ADDRESS, qr=ADDRESS, report=ADDRESS, product=_maybe(ADDRESS), stall=_maybe(ADDRESS)
    ),
)

UNKNOWN = _object(
    type=TEXT,
    title=TEXT,
    status={"type": "integer"},
    detail=TEXT,
    code=TEXT,
    product_code=TEXT,
    is_well_formed={"type": "boolean"},
    report_url=_maybe(ADDRESS),
)


def _answer(words: str, kind: str, name: str) -> Schema:
    schema = {"$ref": f"#/components/schemas/{name}"}
    return {"description": words, "content": {kind: {"schema": schema}}}


DESCRIPTION: Schema = {
    "openapi": "3.1.0",
    "info": {
        "title": "Chợ Phiên: certificates",
        "version": "1",
        "description": "What stands behind an OCOP star: open to read, without key or account. "
        "Ask again before showing a star; answers carry an ETag and must be revalidated.",
    },
    "paths": {
        "/certificates/{code}": {
            "get": {
                "operationId": "getCertificate",
                "summary": "The certificate behind a product code",
                "parameters": [
                    {
                        "name": "code",
                        "in": "path",
                        "required": True,
                        "description": "(T)-(X)-(STT)-20YY, with or without brackets and spaces.",
                        "schema": TEXT,
                    }
                ],
                "responses": {
                    "200": _answer("Once verified here.", "application/json", "Certificate"),
                    "404": _answer("Never.", "application/problem+json", "UnknownCode"),
                },
            }
        }
    },
    "components": {"schemas": {"Certificate": CERTIFICATE, "UnknownCode": UNKNOWN}},
}
