"""Where a forge's own pages edit a file of a branch: addresses alone, without a token or a request.

Example:
    >>> alamat_sunting("github", "https://github.com/dinsos/kinerja", "kk/2024-tw1/x", "reports/a.yaml")
    'https://github.com/dinsos/kinerja/edit/kk/2024-tw1/x/reports/a.yaml'
"""

from __future__ import annotations

from urllib.parse import quote

_SUNTING = {"github": "edit", "forgejo": "_edit"}


def alamat_sunting(forge: str, repositori: str, perubahan: str, jalur: str) -> str:
    """The page that edits a file of a branch.

    Args:
        repositori: where people open the repository.
    """
    return f"{repositori}/{_SUNTING[forge]}/{quote(perubahan)}/{quote(jalur)}"
