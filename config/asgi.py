"""Sockets, and everything when one process does it all."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

django_application = get_asgi_application()

# These need a loaded app registry.
from channels.routing import ProtocolTypeRouter  # noqa: E402

from platform_apps.accounts.services import refuse_demo_accounts  # noqa: E402

refuse_demo_accounts()

application = ProtocolTypeRouter({"http": django_application})
