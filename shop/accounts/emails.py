"""E-mail addresses in the one form under which they are kept and compared."""

from email_validator import EmailNotValidError, validate_email

from shop.core.vietnamese import nfc

LONGEST = 254


def normalise_email(text: str) -> str:
    """Return an address in NFC and lower case, without spaces around it."""
    return nfc(text).lower()


def is_email(text: str) -> bool:
    """Tell whether a letter could be sent to an address; nobody is asked."""
    try:
        validate_email(normalise_email(text), check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return False
    return len(text) <= LONGEST
