"""SeeGrad's web face: the only place that knows HTTP and JSON."""

__version__ = "0.1.0"
