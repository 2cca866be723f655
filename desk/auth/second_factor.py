"""The second factor: a code of an app that knows the time (TOTP), or one of ten recovery codes on paper."""

import hmac
import secrets
from collections.abc import Iterable
from io import BytesIO

import pyotp
import segno

from bot.crypto.vault import Vault

ISSUER = "Quietline"
RECOVERY_CODES = 10
_STEP = 30  # seconds that a code lasts
_SLACK = (0, -1, 1)  # steps that a phone's clock may be off
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # what is not mistaken for something else on paper
_GROUPS, _LETTERS = 3, 5  # fifteen letters of 31: 74 bits, beyond guessing without a slow hash


def new_secret() -> str:
    """Make what the app and we share: 160 bits."""
    return pyotp.random_base32()


def link(secret: str, name: str) -> str:
    """Give the otpauth:// address that an app reads."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=ISSUER)


def picture(secret: str, name: str) -> str:
    """Draw that address as a QR code in SVG, here: a service elsewhere would learn the secret."""
    out = BytesIO()
    segno.make(link(secret, name)).save(out, kind="svg", omitsize=True, xmldecl=False)
    return out.getvalue().decode()


def spaced(secret: str) -> str:
    """Give the secret as somebody types it whose phone can take no picture."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


def step_of(secret: str, code: str, now: float) -> int | None:
    """Give the step of time that a code belongs to, or None. Who asks keeps it, and refuses that step and all before."""
    typed = "".join(code.split())
    totp = pyotp.TOTP(secret)
    for slack in _SLACK:
        step = int(now) // _STEP + slack
        if hmac.compare_digest(totp.generate_otp(step).encode(), typed.encode("utf-8", "replace")):
            return step
    return None


def new_recovery_codes() -> list[str]:
    """Make codes to write down; each is good once."""
    return ["-".join(_group() for _ in range(_GROUPS)) for _ in range(RECOVERY_CODES)]


def marks(vault: Vault, account: str, codes: Iterable[str]) -> tuple[str, ...]:
    """Give the keyed hashes of recovery codes, however they were typed."""
    letters = ("".join(letter for letter in code.lower() if letter in _ALPHABET) for code in codes)
    return tuple(vault.keyed("recovery code", f"{account} {typed}") for typed in letters)


def _group() -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(_LETTERS))
