"""What every answer tells the browser about what it may do."""

from __future__ import annotations

POLICY = (
    "default-src 'none'; "
    "style-src 'self'; "
    "img-src 'self'; "
    "font-src 'self'; "
    "form-action 'self'; "
    "base-uri 'none'; "
    "frame-ancestors 'none'"
)
STRICT_TRANSPORT = "max-age=63072000; includeSubDomains"
"""Sent where the person's browser came by TLS: by TLS only, for two years."""

OWN_SCRIPTS = f"{POLICY}; script-src 'self'"
"""For the few pages on which a script of our own is a comfort."""

SCRIPTED = "scripted"
"""Under this name a request notes that its page loads a script."""

CONTENT_POLICY = "Content-Security-Policy"
HEADERS = {
    CONTENT_POLICY: POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
