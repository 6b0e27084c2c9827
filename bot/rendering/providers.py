"""What providers and their services are called."""

from bot.domain.accounts import Provider

COMPANY = {Provider.GOOGLE: "Google", Provider.ZOOM: "Zoom"}
SERVICE = {Provider.GOOGLE: "Google Calendar", Provider.ZOOM: "Zoom"}
