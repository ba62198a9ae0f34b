"""One file per suite of `python3 run bench`."""
