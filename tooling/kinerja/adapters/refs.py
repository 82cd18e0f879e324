"""The refs that the system itself gives a meaning.

Example:
    >>> repo.ref(UTAMA)
"""

UTAMA = "refs/heads/main"
"""What was approved."""
REF_LOG = "refs/kinerja/log"
"""Who did what, one commit an event."""
