"""The only scripts of the web: those that speak with a passkey, from our own address, on the pages that need them."""

from collections.abc import Callable
from typing import Final, cast

from csp.decorators import csp_update
from django.http import HttpResponse

View = Callable[..., HttpResponse]

with_passkeys: Final = cast(Callable[[View], View], csp_update({"script-src": ["'self'"], "connect-src": ["'self'"]}))
