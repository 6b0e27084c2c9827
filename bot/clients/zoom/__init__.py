"""Zoom: sign-in, tokens that are good for one renewal, and meetings, over httpx."""
