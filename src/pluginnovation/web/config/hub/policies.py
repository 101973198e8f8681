"""What a browser may load on the hub's pages: nothing but our own files in public, a little more in the editor."""

import re
from typing import Any, Final

from csp.middleware import CSPMiddleware, PolicyParts

EDITOR_PATH: Final = "/redigera/"
ACCOUNT_PATH: Final = "/konto/"
PREVIEWED: Final = re.compile(r"/(preview|view_draft|workflow/preview)/|/revisions/\d+/view/")
# As on a node: no script at all, no inline style, no frame, and nothing from anywhere else.
PUBLIC: Final = {
    "default-src": ["'none'"],
    "style-src": ["'self'"],
    "img-src": ["'self'"],
    "font-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
}
# Wagtail's editor is scripts, draws its icons inline and sets styles as it goes; it shows a page's preview in a frame.
EDITOR: Final = {
    "default-src": ["'none'"],
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "frame-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'self'"],
}
# The editor shows a draft in a frame of its own. What somebody wrote has no script there either.
PREVIEW: Final = {**PUBLIC, "frame-ancestors": ["'self'"]}
# Signing in with a passkey takes a script, and nothing else of what the editor may.
ACCOUNT: Final = {**PUBLIC, "script-src": ["'self'"], "connect-src": ["'self'"], "img-src": ["'self'", "data:"]}


class PolicyMiddleware(CSPMiddleware):
    """Chooses the policy by the address."""

    def get_policy_parts(self, request: Any, response: Any, report_only: bool = False) -> PolicyParts:
        """The policy of this answer."""
        parts = super().get_policy_parts(request, response, report_only)
        if parts.config is None and not report_only:
            # A preview is a request within a request, with the address that the page will have.
            inner = getattr(request, "is_dummy", False)
            parts.config = dict(PREVIEW) if inner else policy_of(request.path_info)
        return parts


def policy_of(path: str) -> dict[str, list[str]]:
    """The policy of an address."""
    if path.startswith(EDITOR_PATH):
        return dict(PREVIEW if PREVIEWED.search(path) else EDITOR)
    return dict(ACCOUNT if path.startswith(ACCOUNT_PATH) else PUBLIC)
