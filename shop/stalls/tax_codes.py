"""Tax codes of producers: the MST of a business, the personal code of a household.

An MST has 10 digits, the last a check digit, or 13 for a dependent unit. Since 1 July 2025 the
tax code of a household or a person is the 12-digit personal code; it bears no check digit, but
its parts are known: the province of birth by its code of then, century and sex, year of birth.
"""

from flask_babel import lazy_gettext
from stdnum.exceptions import InvalidChecksum, ValidationError
from stdnum.vn import mst

from shop.core import clock
from shop.core.errors import InvalidInput
from shop.stalls.models import EntityKind

PERSONAL_LENGTH = 12
UNIT_LENGTH = 13
LOCATION_LENGTH = 5
SHOWN_DIGITS = 3
# The 63 provinces and cities of before July 2025, whose codes open every personal code.
_CODES = """
001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033
034 035 036 037 038 040 042 044 045 046 048 049 051 052 054 056 058 060 062 064 066
067 068 070 072 074 075 077 079 080 082 083 084 086 087 089 091 092 093 094 095 096
"""
BIRTH_PLACES = frozenset(_CODES.split())


def checked(text: str, kind: EntityKind) -> str:
    """Return the digits of a code that this kind of producer may have, or raise InvalidInput."""
    digits = mst.compact(text)
    if not (digits.isascii() and digits.isdigit()):
        raise _wrong(lazy_gettext("A tax code has digits only. Please look at it again."))
    if len(digits) == LOCATION_LENGTH:
        raise _wrong(
            lazy_gettext("Five digits name a place of business. Please enter the tax code.")
        )
    if len(digits) == PERSONAL_LENGTH:
        return _personal(digits, kind)
    return _business(digits)


def is_personal(code: str) -> bool:
    """Tell whether a code is that of a person, which is never shown in full."""
    return len(code) == PERSONAL_LENGTH


def shown(code: str) -> str:
    """Return a code as the public may read it: of a personal one the last three digits."""
    if is_personal(code):
        return "•" * (PERSONAL_LENGTH - SHOWN_DIGITS) + code[-SHOWN_DIGITS:]
    return f"{code[:10]}-{code[10:]}" if len(code) == UNIT_LENGTH else code


def _business(digits: str) -> str:
    try:
        return mst.validate(digits)
    except InvalidChecksum as error:
        raise _wrong(
            lazy_gettext("The check digit is not right. Please compare it with the paper.")
        ) from error
    except ValidationError as error:
        raise _wrong(
            lazy_gettext("A tax code has 10 digits, or 13 for a dependent unit.")
        ) from error


def _personal(digits: str, kind: EntityKind) -> str:
    if not kind.may_use_personal_code:
        raise _wrong(
            lazy_gettext("Only households, farms and groups may use a 12-digit personal code.")
        )
    century, year = int(digits[3]) // 2, int(digits[4:6])
    born = 1900 + century * 100 + year
    if digits[:3] not in BIRTH_PLACES or born > clock.today().year:
        raise _wrong(lazy_gettext("This is not a personal code. Please compare it with the card."))
    return digits


def _wrong(words: str) -> InvalidInput:
    return InvalidInput(words, field="tax_code")
