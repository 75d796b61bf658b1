"""The entry point for application servers."""

import os

from django.core.wsgi import get_wsgi_application

from tpm_portal.operations.middleware import with_large_stack, without_charset

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tpm_portal.settings")
# A request may keep PostgreSQL busy for so many seconds; commands such as migrate may take as long
# as they need.
os.environ.setdefault("DATABASE_SECONDS", "10")
application = with_large_stack(without_charset(get_wsgi_application()))
