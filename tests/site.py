"""A site of somebody else, on an origin of its own: with the chat in it, and with the page that a person leaves for.

A real page, and no answer put in by the browser's driver: a driver that holds every request back also drops the last
word of a frame that goes, which a browser by itself still sends.
"""

from aiohttp import web

from commands.runtime.free_ports import free_port


class Site:
    """Two pages, as strict as a site can be; `tag` stands in the head of the first, and may load from `chat` alone."""

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.tag = ""
        self.chat = ""
        self.language = "en"
        self.trap = ""  # a page that means harm

    def app(self) -> web.Application:
        app = web.Application()
        app.add_routes([web.get("/", self.home), web.get("/before", self.before), web.get("/weather", self.weather)])
        app.add_routes([web.get("/trap", self.shows_trap)])
        return app

    async def home(self, _: web.Request) -> web.Response:
        text = (
            f'<!doctype html><html lang="{self.language}"><head><title>Help</title>{self.tag}</head>'
            '<body><main><h1>Help at work</h1><p>What we do.</p><a href="/before">More</a></main></body></html>'
        )
        policy = f"default-src 'none'; script-src {self.chat}; frame-src {self.chat}"
        return web.Response(text=text, content_type="text/html", headers={"Content-Security-Policy": policy})

    async def shows_trap(self, _: web.Request) -> web.Response:
        return web.Response(text=self.trap, content_type="text/html")

    async def weather(self, _: web.Request) -> web.Response:
        return web.Response(text="The weather", content_type="text/plain")

    async def before(self, _: web.Request) -> web.Response:
        return web.Response(text="<!doctype html><title>Before</title>Before", content_type="text/html")
