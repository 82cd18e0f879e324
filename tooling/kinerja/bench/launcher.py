"""Runs one command and writes what it used: the small process between bench and command.

A child begins with the memory mark of whoever started it, so a large parent would be counted
as the command's own peak. This program is small, imports almost nothing, and is run by its
path: ``python -I -S launcher.py RESULT COMMAND…``. The result is one line: exit code,
nanoseconds of user and system time of the whole process tree, nanoseconds of wall time, peak
resident bytes of its largest process.

Where the system cannot tell (Windows), time of processor and memory are left out as ``-``.
"""

import os
import sys
import time


def main() -> None:
    """Runs ``sys.argv[2:]`` and writes its figures to ``sys.argv[1]``."""
    hasil, perintah = sys.argv[1], sys.argv[2:]
    mulai = time.perf_counter_ns()
    if hasattr(os, "wait4"):
        pid = os.posix_spawnp(perintah[0], perintah, os.environ)
        _, status, pakai = os.wait4(pid, 0)
        dinding = time.perf_counter_ns() - mulai
        cpu = round((pakai.ru_utime + pakai.ru_stime) * 1_000_000_000)
        satuan = 1 if sys.platform == "darwin" else 1024  # the kernels disagree: bytes, kibibytes
        isi = f"{os.waitstatus_to_exitcode(status)} {cpu} {dinding} {pakai.ru_maxrss * satuan}"
    else:
        kode = os.spawnv(os.P_WAIT, perintah[0], perintah)  # noqa: S606 - that is its work
        isi = f"{kode} - {time.perf_counter_ns() - mulai} -"
    with open(hasil, "w", encoding="ascii") as berkas:  # noqa: PTH123 - pathlib is not small
        berkas.write(isi)


if __name__ == "__main__":
    main()
