"""One notification to one browser (Web Push): always the same word, encrypted for that browser alone.

The push service of the browser's maker learns that this device is called, and when: that is why it is off unless the settings
name the services.
"""

import time
from typing import Literal
from urllib.parse import urlsplit

import aiohttp

from bot import logs
from bot.crypto.push_key import PushKey
from desk.notifications.push_subscriptions import PushSubscription

WORD = b"desk"  # the page's worker shows a sentence of its own
_WAIT = 10.0  # seconds
_TTL = 120  # seconds for which a service keeps it for a phone that is off
_VALID = 3600  # seconds for which our proof to the service is good
Pushed = Literal["sent", "gone", "failed"]


class WebPush:
    """Calls browsers. `contact`: an e-mail address, which services ask for, for trouble with what we send."""

    def __init__(self, push_key: PushKey, contact: str) -> None:
        self._key, self._contact = push_key, contact

    async def push(self, to: PushSubscription) -> Pushed:
        """Call one browser; "gone": its subscription has ended."""
        try:
            headers, body = self._sealed(to)
            limit = aiohttp.ClientTimeout(total=_WAIT)
            async with (
                aiohttp.ClientSession(timeout=limit) as session,
                session.post(to.endpoint, data=body, headers=headers, allow_redirects=False) as response,
            ):
                if response.status in (404, 410):
                    return "gone"
                if 200 <= response.status < 300:
                    return "sent"
                logs.event("push_refused", 30, status=response.status)
        except (aiohttp.ClientError, TimeoutError, OSError):
            logs.event("push_not_delivered", 30)
        except Exception:
            logs.failure("push_failed")  # keys of a browser that are none
        return "failed"

    def _sealed(self, to: PushSubscription) -> tuple[dict[str, str], bytes]:
        # Only a desk that notifies needs them.
        from py_vapid import Vapid02
        from pywebpush import WebPusher

        keys = {"p256dh": to.p256dh, "auth": to.auth}
        body = WebPusher({"endpoint": to.endpoint, "keys": keys}).encode(WORD, content_encoding="aes128gcm")["body"]
        parts = urlsplit(to.endpoint)
        claims = {
            "aud": f"{parts.scheme}://{parts.netloc}",
            "exp": int(time.time()) + _VALID,
            "sub": f"mailto:{self._contact}",
        }
        proof = Vapid02.from_raw(self._key.private.encode()).sign(claims)["Authorization"]
        headers = {
            "Authorization": proof,
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(_TTL),
            "Urgency": "high",
            "Topic": "desk",  # of several for a phone that is off, only the last is kept
        }
        return headers, body
