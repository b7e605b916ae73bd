"""Passwords, of which the store keeps hashes alone."""

from secrets import token_urlsafe

from extract.errors import AccountError
from extract.messages import Message

SHORTEST_PASSWORD, LONGEST_PASSWORD = 10, 256


def hashed(password: str) -> str:
    """What the store keeps of a password.

    Raises:
        AccountError: it is too short, too long, or no text.
    """
    from argon2 import PasswordHasher

    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD or "\0" in password:
        raise AccountError(
            Message(
                "A password must have %(least)s to %(most)s characters.",
                least=SHORTEST_PASSWORD,
                most=LONGEST_PASSWORD,
            )
        )
    try:
        return PasswordHasher().hash(password)
    except UnicodeEncodeError as error:
        raise AccountError(Message("The password contains an invalid character.")) from error


def fits(kept: str, password: str) -> bool:
    """Whether a password is the one of which a hash is kept. One that is too long to be any is not hashed."""
    from argon2 import PasswordHasher
    from argon2.exceptions import InvalidHashError, VerificationError

    if len(password) > LONGEST_PASSWORD:
        return False
    try:
        return PasswordHasher().verify(kept, password)
    except (VerificationError, InvalidHashError, UnicodeEncodeError):
        return False


_NOBODY: list[str] = []


def nobody() -> str:
    """A hash that no password fits, so that unknown names take as long as known ones."""
    if not _NOBODY:
        _NOBODY.append(hashed(token_urlsafe(24)))
    return _NOBODY[0]
