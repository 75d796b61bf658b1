"""The settings of portals that tests serve, without what costs seconds and shows nothing there.

Passwords are hashed at once, and static files are not compressed. `tests/portal/test_serve.py`
serves the portal with its own settings.
"""

from tpm_portal.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
}
