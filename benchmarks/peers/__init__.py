"""One file per peer: the same workloads, written as that library's users would write them."""


class PeerMissingError(Exception):
    """Something that a suite cannot do without is not on this machine; the message says what to do."""
