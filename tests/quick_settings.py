"""Settings for portals that tests serve, without features that only cost time there.

Passwords are hashed quickly, and static files are not compressed. `tests/portal/test_serve.py`
serves the portal with its real settings.
"""

from tpm_portal.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
}
