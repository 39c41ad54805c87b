"""Files of the record that people bring: kept under the name of their content, so that a file never changes."""

import os
from hashlib import sha256
from pathlib import Path

from django.conf import settings


def keep(content: bytes, ending: str) -> str:
    """Puts a file among those of the record, whole or not at all; its name is the hash of its content. The same
    file brought twice is kept once. To be called before the act that names it."""
    name = f"{sha256(content).hexdigest()}.{ending}"
    root = Path(settings.MEDIA_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    if not (root / name).exists():
        coming = root / f".{name}.{os.getpid()}.new"
        with open(coming, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(coming, root / name)
    return name
