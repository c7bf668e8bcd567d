"""The WSGI application (granian with blocking threads serves it)."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.project.settings")
application = get_wsgi_application()
