"""The two ways an alarm leaves the house: a POST of JSON, and an e-mail over a connection that nobody else can read."""

import asyncio
import smtplib
import ssl
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from email.message import EmailMessage

import aiohttp

from bot.settings import Settings
from desk.alarms.alarm_dispatch import Call, NotHeard, Target

_WAIT = 10.0  # seconds for each step of a connection


class Webhook:
    """Posts to a service. Its URL is a secret and appears in no error."""

    def __init__(self, url: str) -> None:
        self._url = url

    async def tell(self, call: Call) -> None:
        """Post the call; raises NotHeard."""
        body = {"text": call.text, "alarms": [asdict(group) for group in call.groups]}
        try:
            limit = aiohttp.ClientTimeout(total=_WAIT)
            async with (
                aiohttp.ClientSession(timeout=limit) as session,
                session.post(self._url, json=body, allow_redirects=False) as response,
            ):
                if not 200 <= response.status < 300:
                    raise NotHeard("refused")
        except (aiohttp.ClientError, TimeoutError, OSError):
            raise NotHeard("network") from None


class Mail:
    """Sends an e-mail."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    async def tell(self, call: Call) -> None:
        """Hand the e-mail to the SMTP server; raises NotHeard."""
        try:
            # smtplib blocks, and nobody else's turn may wait for it.
            await asyncio.to_thread(self._send, self._letter(call))
        except smtplib.SMTPAuthenticationError:
            raise NotHeard("sign_in") from None
        except smtplib.SMTPException:
            raise NotHeard("refused") from None
        except OSError:  # TLS errors too
            raise NotHeard("network") from None

    def _letter(self, call: Call) -> EmailMessage:
        letter = EmailMessage()
        letter["Subject"] = call.subject
        letter["From"] = self._settings.alarm_mail_from
        letter["To"] = ", ".join(self._settings.alarm_mail_to)
        letter.set_content(call.text)
        return letter

    def _send(self, letter: EmailMessage) -> None:
        server = self._connected()
        try:
            if self._settings.smtp_user:
                server.login(self._settings.smtp_user, self._settings.smtp_password)
            server.send_message(letter)
        finally:
            with suppress(smtplib.SMTPException, OSError):
                server.quit()

    def _connected(self) -> smtplib.SMTP:
        where = (self._settings.smtp_host, self._settings.smtp_port)
        trust = ssl.create_default_context()
        if self._settings.smtp_security == "tls":
            return smtplib.SMTP_SSL(*where, timeout=_WAIT, context=trust)
        server = smtplib.SMTP(*where, timeout=_WAIT)
        if self._settings.smtp_security == "starttls":
            try:
                server.starttls(context=trust)  # nothing is sent unencrypted to a server that cannot do this
            except (smtplib.SMTPException, OSError):
                server.close()
                raise
        return server


def opened(settings: Settings) -> Mapping[str, Target]:
    """Return the targets that are configured."""
    found: dict[str, Target] = {}
    if settings.alarm_webhook:
        found["webhook"] = Webhook(settings.alarm_webhook)
    if settings.alarm_mail_to:
        found["mail"] = Mail(settings)
    return found
