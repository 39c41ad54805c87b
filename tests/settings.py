"""Settings of the tests: the practice charter, fast hashing, nothing on the network.

CHANCERY_TEST_DATABASE names a PostgreSQL to run the same suite on."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("CHANCERY_HOME", tempfile.mkdtemp(prefix="chancery-tests-"))
os.environ.setdefault("CHANCERY_SQLITE_SYNC", "OFF")
os.environ["CHANCERY_CHARTER"] = str(Path(__file__).parent.parent / "records" / "practice" / "charter.toml")
if url := os.environ.get("CHANCERY_TEST_DATABASE"):
    os.environ["CHANCERY_DATABASE"] = url

from chancery.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405 - else WhiteNoise warns that nothing was collected
