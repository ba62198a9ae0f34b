"""Readings of the op table: its text printed as Python, NumPy, JavaScript, MathML and Markdown."""
