"""The headers of every page: what a browser may load, store and disclose, and who may frame it (P05, P24)."""

# What browsers say in Sec-Fetch-Site of a request that no other site caused. "none": nor did ours, but the person or the browser
# itself, for instance when restoring after a crash.
FROM_NO_OTHER_SITE = ("same-origin", "none")
# A page may load its own files and call its own server, nothing else.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src {style}; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors {sites}"
)
_ALWAYS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=63072000",
}


def security_headers(style: str = "'self'", frame_hosts: tuple[str, ...] = ()) -> dict[str, str]:
    """Return the headers; `style` is the source of style sheets, and only `frame_hosts` may show the page in a frame."""
    policy = _POLICY.format(style=style, sites=" ".join(frame_hosts) or "'none'")
    # X-Frame-Options takes no list of sites: next to a policy that allows some, it could only forbid them.
    alone = {} if frame_hosts else {"X-Frame-Options": "DENY"}
    return {**_ALWAYS, "Content-Security-Policy": policy, **alone}
