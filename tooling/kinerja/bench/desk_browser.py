"""The worksheet's page in a real Chromium: when its first field can be used, how fast a key works.

Example:
    >>> di_peramban("http://localhost:8000", "/kerja/2024-tw1/bidang-000", kuki, 3).siap_ns
    (1612000000, 1598000000, 1604000000)
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

_ARGUMEN = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
_BITA_SEDETIK = 256_000 // 8
_LATENSI_MS = 400
_TOMBOL, _PEMANASAN = 24, 4
_SIAP = """(() => {
  const lihat = () => {
    const f = document.forms.lembar, c = f && f.querySelector('input.isian');
    if (!c || !f.oninput || !c.getClientRects().length) setTimeout(lihat, 4);
    else requestAnimationFrame(() => window.ukurSiap = performance.now());
  };
  lihat();
})()"""
_PASANG = """() => {
  const c = document.querySelector('tr[data-potongan] input.isian');
  window.ukurTombol = [];
  let awal = 0;
  c.addEventListener('keydown', () => awal = performance.now(), true);
  new MutationObserver(() => {
    const mulai = awal;
    requestAnimationFrame(() => setTimeout(() => window.ukurTombol.push(performance.now() - mulai)));
  }).observe(c.closest('tr').querySelector('output'), {childList: true, characterData: true, subtree: true});
  c.focus();
}"""


@dataclass(frozen=True, slots=True)
class Terlihat:
    """What was seen, in nanoseconds.

    Attributes:
        siap_ns: from the start of the navigation over the slow line until the field was painted and
            the page's script at work, once for each visit with an empty cache.
        tombol_ns: from a key until the frame with the new capaian was done, without network.
        versi: Chromium's own word of itself.
    """

    siap_ns: tuple[int, ...]
    tombol_ns: tuple[int, ...]
    versi: str


def chromium() -> str | None:
    """The program, when both it and its driver are here."""
    return shutil.which("chromium") if find_spec("playwright") else None


def di_peramban(alamat: str, jalur: str, kuki: str, kali: int) -> Terlihat | None:
    """Visits the page over a line of 256 kbit/s and 400 ms; None when no Chromium is here."""
    program = chromium()
    if program is None:
        return None
    from playwright.sync_api import sync_playwright

    nama, _, nilai = kuki.partition("=")
    with sync_playwright() as p:
        peramban = p.chromium.launch(executable_path=program, args=list(_ARGUMEN))
        siap, tombol = [], []
        for n in range(kali):
            konteks = peramban.new_context()
            konteks.add_cookies([{"name": nama, "value": nilai, "url": alamat}])
            halaman = konteks.new_page()
            siap.append(_kunjungi(halaman, f"{alamat}{jalur}"))
            if n == 0:
                tombol = _ketik(halaman)
            konteks.close()
        versi = peramban.version
        peramban.close()
    return Terlihat(tuple(siap), tuple(tombol), versi)


# helpers


def _kunjungi(halaman: Any, alamat: str) -> int:
    cdp = halaman.context.new_cdp_session(halaman)
    cdp.send("Network.enable")
    cdp.send("Network.clearBrowserCache")
    _jaringan(cdp, putus=False)
    halaman.add_init_script(_SIAP)
    halaman.goto(alamat, wait_until="commit")
    halaman.wait_for_function("() => window.ukurSiap")
    siap: float = halaman.evaluate("() => window.ukurSiap")
    return round(siap * 1e6)


def _ketik(halaman: Any) -> list[int]:
    """Types figures into the first line, the network gone; the first few only warm up."""
    halaman.wait_for_load_state()
    _jaringan(halaman.context.new_cdp_session(halaman), putus=True)
    halaman.evaluate(_PASANG)
    for n in range(_TOMBOL):
        halaman.keyboard.press(str(1 + n % 9) if n % 4 else "Backspace")
        halaman.wait_for_timeout(60)
    return [round(ms * 1e6) for ms in halaman.evaluate("() => window.ukurTombol")][_PEMANASAN:]


def _jaringan(cdp: Any, *, putus: bool) -> None:
    cdp.send("Network.enable")
    cdp.send(
        "Network.emulateNetworkConditions",
        {"offline": putus, "latency": _LATENSI_MS, "downloadThroughput": _BITA_SEDETIK,
         "uploadThroughput": _BITA_SEDETIK},
    )  # fmt: skip
