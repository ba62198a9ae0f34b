"""One file per peer: the same workloads, written as that library's users would write them."""
