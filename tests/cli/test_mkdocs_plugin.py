"""Where the site takes the address of a forge's editor from: the checkout's own configuration, or nowhere."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from kinerja.cli.mkdocs_plugin import muat_data

AKAR = Path(__file__).parents[2]


def test_a_checkout_that_is_connected_knows_the_edit_page_of_an_open_change(tmp_path: Path) -> None:
    shutil.copytree(AKAR / "reports", tmp_path / "reports")
    assert muat_data(tmp_path).sunting is None

    def git(*argumen: str) -> None:
        siapa = ["-c", "user.name=Uji", "-c", "user.email=uji@contoh.invalid"]
        subprocess.run(["git", *siapa, *argumen], cwd=tmp_path, check=True, capture_output=True)

    git("init", "-q", "-b", "main")
    git("add", "-A")
    git("commit", "-qm", "awal")
    git("branch", "kk/2024-tw1/sekretariat")
    git("remote", "add", "origin", "https://github.com/dinas/kinerja.git")
    assert muat_data(tmp_path).sunting is None, "a clone from somewhere is not yet a connection"
    git("config", "kinerja.forge", "github")
    git("config", "kinerja.alamat", "https://github.com/dinas/kinerja")
    sunting = muat_data(tmp_path).sunting
    assert sunting is not None
    assert sunting("kk/2024-tw1/sekretariat", "reports/a b.yaml") == (
        "https://github.com/dinas/kinerja/edit/kk/2024-tw1/sekretariat/reports/a%20b.yaml"
    )
    assert sunting("kk/2024-tw1/tiada", "reports/a.yaml") == ""
