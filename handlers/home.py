"""A person's Home, drawn anew by what he does."""

from collections.abc import Callable

from bot.domain.people import Actor

RefreshHome = Callable[[Actor], None]
"""Brings the actor's Home up to date, which is published only where it changed."""
