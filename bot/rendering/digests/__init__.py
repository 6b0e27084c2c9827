"""Digests: what a channel reads, the question to those whose days are shown, and the forms."""
