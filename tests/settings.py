"""Settings of the suite: the product's own, over a fresh folder with fresh keys.

What the surrounding shell sets is put aside, so that no test can reach somebody's real data.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

KEPT = {"BIHUAN_DATABASE_URL", "BIHUAN_SHARED", "BIHUAN_TEST_FOLDER", "BIHUAN_TEST_MADE"}
OWNER = os.getpid()

for name in [name for name in os.environ if name.startswith("BIHUAN_") and name not in KEPT]:
    del os.environ[name]

# The process that makes the folder removes it; workers started by xdist inherit it.
if "BIHUAN_TEST_FOLDER" not in os.environ:
    os.environ["BIHUAN_TEST_FOLDER"] = tempfile.mkdtemp(prefix="bihuan-test-")

    @atexit.register
    def _remove_the_folder() -> None:
        if os.getpid() == OWNER:
            shutil.rmtree(os.environ["BIHUAN_TEST_FOLDER"], ignore_errors=True)


FOLDER = Path(os.environ["BIHUAN_TEST_FOLDER"])
os.environ.setdefault("BIHUAN_TEST_MADE", str(FOLDER / "made"))
VAR = FOLDER / os.environ.get("PYTEST_XDIST_WORKER", "main")
(VAR / "static").mkdir(parents=True, exist_ok=True)

os.environ.update(
    BIHUAN_VAR=str(VAR),
    BIHUAN_MAKE_KEYS="yes",
    BIHUAN_HTTPS="no",
    BIHUAN_SECOND_FACTOR="no",
    BIHUAN_HOSTS="127.0.0.1,localhost,[::1],testserver",
    # So that processes which a test starts are never told to use the suite's settings.
    DJANGO_SETTINGS_MODULE="bihuan.config.settings",
)

from bihuan.config.settings import *  # noqa: E402, F403
from bihuan.config.settings import DATABASES  # noqa: E402

# A file, not memory: threads and processes must meet the locks they meet in earnest.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(VAR / "test.sqlite3")}

SECRET_KEY = "only-for-the-suite"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
