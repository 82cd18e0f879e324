"""A GitHub App of the agency's own: its short-lived token for one repository, and its account.

A required check can name the app that must set it, so that no writer's workflow can set it
instead; and what an app merges starts workflows, which a workflow's own token does not.
The app's private key signs for GitHub alone, never an act or an archive.

Example:
    >>> masuk("https://api.github.com", "dinsos/kinerja", "12345", pem).akun
    987654
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from kinerja.adapters.clocks import JamSistem
from kinerja.adapters.forges.github import KEPALA
from kinerja.adapters.forges.http import Klien
from kinerja.adapters.forges.records import nomor_akun, teks
from kinerja.domain.errors import DitolakError, PemakaianError

_MUNDUR_DETIK, _BERLAKU_DETIK = 60, 540
"""GitHub takes a pass of ten minutes at most, and its clock may be behind ours."""


@dataclass(frozen=True, slots=True)
class Aplikasi:
    """An app's token for one repository, good for an hour, and the number of its account."""

    token: str
    akun: int


@lru_cache(maxsize=4)
def masuk(api: str, repo: str, id_aplikasi: str, pem: str) -> Aplikasi:
    """The app signed in to one repository.

    Raises:
        PemakaianError: the key is no RSA private key.
        DitolakError: GitHub does not know the app, or it is not installed there.
    """
    k = Klien(api, _pas(id_aplikasi, pem), KEPALA)
    pemasangan = _objek(k.minta("GET", f"/repos/{quote(repo)}/installation").data)
    slug = teks(_objek(k.minta("GET", "/app").data).get("slug"))
    badan = {"repositories": [repo.rpartition("/")[2]]}
    tempat = f"/app/installations/{pemasangan.get('id')}/access_tokens"
    token = teks(_objek(k.minta("POST", tempat, badan=badan).data).get("token"))
    akun = nomor_akun(Klien(api, token, KEPALA).minta("GET", f"/users/{quote(f'{slug}[bot]')}").data)
    if not token or akun is None:
        raise DitolakError("GitHub tidak memberi token untuk aplikasi ini", "periksa pemasangan aplikasinya")
    return Aplikasi(token, akun)


# helpers


def _pas(id_aplikasi: str, pem: str) -> str:
    """The JSON Web Token by which an app shows itself (RS256)."""
    try:
        kunci = load_pem_private_key(pem.encode(), None)
    except (ValueError, TypeError) as e:
        raise _bukan_kunci() from e
    if not isinstance(kunci, RSAPrivateKey):
        raise _bukan_kunci()
    kini = int(JamSistem().sekarang().timestamp())
    isi = {"iat": kini - _MUNDUR_DETIK, "exp": kini + _BERLAKU_DETIK, "iss": id_aplikasi}
    badan = b".".join(_b64(json.dumps(x).encode()) for x in ({"alg": "RS256", "typ": "JWT"}, isi))
    return b".".join((badan, _b64(kunci.sign(badan, PKCS1v15(), SHA256())))).decode()


def _b64(bita: bytes) -> bytes:
    return base64.urlsafe_b64encode(bita).rstrip(b"=")


def _objek(data: Any) -> dict[str, Any]:
    return data if isinstance(data, dict) else {}


def _bukan_kunci() -> PemakaianError:
    return PemakaianError("KINERJA_KUNCI_APLIKASI bukan kunci pribadi aplikasi GitHub", "isi teks PEM-nya")
