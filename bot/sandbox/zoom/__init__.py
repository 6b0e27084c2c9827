"""Stands in for Zoom on loopback: its sign-in, its tokens, meetings and webhooks, refusals and limits included."""
