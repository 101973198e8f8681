"""The only scripts of the web: those that speak with a passkey, from our own address, on the pages that need them."""

from typing import Final

from csp.decorators import csp_update

with_passkeys: Final = csp_update({"script-src": ["'self'"], "connect-src": ["'self'"]})
