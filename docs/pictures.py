"""Makes the pictures of the documentation: ``python -m docs.pictures``, with Chromium installed.

Those of the desk are made by `docs.desk_pictures`, which is called at the end.

A picture shows the example as of a day on which something is late, something is paused and
something is on its way.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import cli
from docs import desk_pictures

FOLDER = Path(__file__).resolve().parent / "pictures"
UNTIL = "2018-06-08"
SIZE = "1366,900"


def main() -> int:
    """Play the example to its day and photograph the wall chart; return an exit status."""
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        print("no Chromium found; install the package chromium", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "example"
        status = cli.main(["demo", "--out", str(out), "--until", UNTIL, "--quiet"])
        if status:
            return status
        photograph(browser, out / "wall.html", FOLDER / "wall.png", Path(folder) / "profile")
    desk_pictures.make(browser, FOLDER)
    return 0


def photograph(browser: str, page: Path, picture: Path, profile: Path) -> None:
    """Write a picture of a page.

    Raises:
        subprocess.CalledProcessError: the browser could not show it.
    """
    subprocess.run(
        [
            browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
            "--disable-background-networking", "--hide-scrollbars", f"--user-data-dir={profile}",
            f"--window-size={SIZE}", f"--screenshot={picture}", page.as_uri(),
        ],
        check=True,
        capture_output=True,
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
