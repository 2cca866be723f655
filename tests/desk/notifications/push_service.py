"""A push service as a browser's maker runs it, and a browser that subscribes to it and opens what comes."""

import base64
import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from commands.runtime.free_ports import free_port

SUBSCRIPTION = "/send/a-device"


def text(plain: bytes) -> str:
    return base64.urlsafe_b64encode(plain).decode().rstrip("=")


@dataclass
class PushService:
    """Takes what is sent to one browser, and answers with a status."""

    status: int = 201
    port: int = field(default_factory=free_port)
    taken: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    private: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    auth: bytes = field(default_factory=lambda: os.urandom(16))

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def subscription(self) -> dict[str, str]:
        """What the browser tells the desk."""
        public = self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return {"endpoint": self.origin + SUBSCRIPTION, "p256dh": text(public), "auth": text(self.auth)}

    def opened(self) -> list[bytes]:
        """What the browser reads: only it can."""
        import http_ece

        return [
            http_ece.decrypt(body, private_key=self.private, auth_secret=self.auth, version="aes128gcm")
            for _, body in self.taken
        ]

    def claims(self) -> dict[str, object]:
        """What the last sender said of itself; raises if its signature is wrong."""
        from py_vapid import Vapid02

        proof = self.taken[-1][0]["Authorization"]
        assert Vapid02.verify(proof)
        body = proof.split("t=")[1].split(".")[1]
        claims: dict[str, object] = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
        return claims

    @asynccontextmanager
    async def serve(self) -> AsyncIterator["PushService"]:
        app = web.Application()
        app.router.add_post(SUBSCRIPTION, self._take)
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", self.port).start()
        yield self
        await runner.cleanup()

    async def _take(self, request: web.Request) -> web.Response:
        self.taken.append((dict(request.headers), await request.read()))
        return web.Response(status=self.status)
