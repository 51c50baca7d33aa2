"""Tables of the star: recognition lists, certificates, and what is kept beside them."""

from shop.certification.models.certificates import (
    Certificate,
    CertificateStatus,
    EvidenceGrade,
    RecognitionEntry,
)
from shop.certification.models.imports import ImportStatus, ListImport
from shop.certification.models.records import (
    CertificateRuling,
    CodeReport,
    RulingKind,
    ScanPrint,
    ScanTwin,
    SeenAt,
)

__all__ = (
    "Certificate",
    "CertificateRuling",
    "CertificateStatus",
    "CodeReport",
    "EvidenceGrade",
    "ImportStatus",
    "ListImport",
    "RecognitionEntry",
    "RulingKind",
    "ScanPrint",
    "ScanTwin",
    "SeenAt",
)
