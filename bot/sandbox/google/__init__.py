"""Stands in for Google on loopback: its consent page, its tokens and Calendar v3, refusals included."""
