"""Settings for portals that tests serve, without features that only cost time there.

Passwords are hashed quickly, static files are not compressed, and there are no web fonts.
`tests/portal/test_serve.py` serves the portal with its real settings.
"""

from tpm_portal.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WEB_FONTS = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
}
