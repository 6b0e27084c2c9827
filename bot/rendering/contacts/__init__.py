"""The views of contacts."""
