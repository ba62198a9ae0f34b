"""The oracles that are not ours: PyTorch, JAX, micrograd's own tests, the lecture."""
