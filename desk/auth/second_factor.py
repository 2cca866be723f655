"""The second factor: a time-based code from an app (TOTP), or one of ten recovery codes on paper."""

import hmac
import secrets
from collections.abc import Iterable
from io import BytesIO

import pyotp
import segno

from bot.crypto.vault import Vault

ISSUER = "Quietline"
RECOVERY_CODES = 10
_STEP = 30  # seconds for which a code is valid
_SLACK = (0, -1, 1)  # steps that a phone's clock may be off
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # no letters that are mistaken for others on paper
_GROUPS, _LETTERS = 3, 5  # fifteen letters out of 31: 74 bits, beyond guessing even without a slow hash


def new_secret() -> str:
    """Create the secret that the app and the desk share: 160 bits."""
    return pyotp.random_base32()


def link(secret: str, name: str) -> str:
    """Return the otpauth:// URI that an app reads."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=ISSUER)


def picture(secret: str, name: str) -> str:
    """Draw that URI as a QR code in SVG. It is drawn here: a service elsewhere would learn the secret."""
    out = BytesIO()
    segno.make(link(secret, name)).save(out, kind="svg", omitsize=True, xmldecl=False)
    return out.getvalue().decode()


def spaced(secret: str) -> str:
    """Return the secret in groups of four, for somebody who has to type it because their phone cannot scan."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


def step_of(secret: str, code: str, now: float) -> int | None:
    """Return the time step of a code, or None. The caller stores it, and refuses that step and all earlier ones."""
    typed = "".join(code.split())
    totp = pyotp.TOTP(secret)
    for slack in _SLACK:
        step = int(now) // _STEP + slack
        if hmac.compare_digest(totp.generate_otp(step).encode(), typed.encode("utf-8", "replace")):
            return step
    return None


def new_recovery_codes() -> list[str]:
    """Create codes to write down; each works once."""
    return ["-".join(_group() for _ in range(_GROUPS)) for _ in range(RECOVERY_CODES)]


def marks(vault: Vault, account: str, codes: Iterable[str]) -> tuple[str, ...]:
    """Return the keyed hashes of recovery codes, however they were typed."""
    letters = ("".join(letter for letter in code.lower() if letter in _ALPHABET) for code in codes)
    return tuple(vault.keyed("recovery code", f"{account} {typed}") for typed in letters)


def all_marks(vault: Vault, account: str, code: str) -> tuple[str, ...]:
    """Return the marks that a code may have been kept as: also under the master key of before."""
    return (*marks(vault, account, [code]), *(marks(vault.before, account, [code]) if vault.before else ()))


def _group() -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(_LETTERS))
