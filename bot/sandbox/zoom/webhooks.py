"""Where the stand-in's apps want to be told what happens, and how they are told."""

import json
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from bot.sandbox.zoom.courier import Courier, Delivery, proof
from bot.sandbox.zoom.errors import Resource
from bot.sandbox.zoom.events import url_validation
from bot.sandbox.zoom.grants import Client


class Webhooks:
    """The addresses that have proved to be an app's; one of an app."""

    def __init__(self, courier: Courier, now: Callable[[], datetime]) -> None:
        """Take who carries the events, and the clock of Zoom."""
        self._courier = courier
        self._now = now
        self._addresses: dict[str, str] = {}

    def point(self, client: Client, address: str) -> Delivery:
        """Have an app's events go to `address`, if the app proves there that it is the app.

        Raises:
            ValueError: it does not; nothing will be delivered.
        """
        event = url_validation(self._now())
        delivery = self._courier.deliver(client, address, event)
        plain = event["payload"]["plainToken"]
        expected = {"plainToken": plain, "encryptedToken": proof(client.webhook_secret, plain)}
        if not delivery.went_well or _object(delivery.received) != expected:
            raise ValueError(f"the address was not validated: it answered {delivery.status}")
        self._addresses[client.id] = address
        return delivery

    def deliver(self, client: Client, event: Resource) -> Delivery | None:
        """Deliver an event now; None where the app has no webhook."""
        address = self._addresses.get(client.id)
        return None if address is None else self._courier.deliver(client, address, event)

    def deliver_all(self, clients: Iterable[Client], event: Resource) -> tuple[Delivery, ...]:
        """Deliver an event now to those of the apps that have a webhook."""
        made = (self.deliver(client, event) for client in clients)
        return tuple(delivery for delivery in made if delivery is not None)

    def deliver_later(self, clients: Iterable[Client], event: Resource) -> None:
        """The same in the background."""
        for client in clients:
            if address := self._addresses.get(client.id):
                self._courier.deliver_later(client, address, event)


def _object(content: bytes) -> Any:
    try:
        return json.loads(content)
    except ValueError:
        return None
