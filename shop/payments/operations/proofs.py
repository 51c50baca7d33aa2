"""Settling a refund with what proves it: a reference, or a picture or PDF of the transfer."""

from typing import BinaryIO, cast

from werkzeug.datastructures import FileStorage

from shop.core import files
from shop.core.db import transaction
from shop.core.errors import InvalidInput
from shop.payments.models import Refund
from shop.payments.operations.refunds import settle_refund


def settle_with(refund: Refund, reference: str, upload: FileStorage | None) -> None:
    """Note that a refund has been paid, with its proof.

    Raises InvalidInput for a file that is none of ours or when nothing proves it, WrongState when
    it was settled before.
    """
    refund_id = refund.id
    document = _read(upload) if upload is not None and upload.filename else None
    with transaction():
        stored = files.keep_document(document) if document else None
        settle_refund(refund_id, provider_reference=reference, proof=stored)


def _read(upload: FileStorage) -> files.Document:
    try:
        data = files.read_limited(cast("BinaryIO", upload.stream))
        return files.read_document(data, original_name=upload.filename or "")
    except InvalidInput as error:
        raise InvalidInput(error.message, "proof") from error
