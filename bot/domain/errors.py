"""The errors that name a situation of ours; each carries the sentence a person reads."""


class DaybookError(Exception):
    """Something a person can understand and act on; `str(error)` is what he is told."""


class NotConnected(DaybookError):
    """A person without a connected calendar was asked about; nobody can say whether he is free."""


class NotFound(DaybookError):
    """What was asked for does not exist, or not for the one who asks: both are told the same."""

    def __init__(self, sentence: str = "That is not there any more. Nothing was changed.") -> None:
        super().__init__(sentence)


class NotAllowed(DaybookError):
    """The person may not do this at all; the sentence says why."""


class LinkUnusable(DaybookError):
    """A connect link was forged, used, expired, or opened in another browser."""


class ConsentIncomplete(DaybookError):
    """The consent lacks permissions that Daybook needs; nothing was stored."""

    def __init__(self, missing: tuple[str, ...]) -> None:
        super().__init__("Some permissions were left out.")
        self.missing = missing


class ProviderError(DaybookError):
    """A provider refused, failed or did not answer; the parent of what a client maps status codes to."""


class CredentialRefused(ProviderError):
    """The provider no longer accepts the account's credential; only its owner can mend that."""


class SyncTokenExpired(ProviderError):
    """The provider wants the calendar read from the start."""


class CalendarGone(ProviderError):
    """The calendar does not exist any more, or not for this account."""


class AccessLost(ProviderError):
    """The account may no longer do this with the calendar."""


class EventChanged(ProviderError):
    """The event is not any more as it was read; nothing was written."""

    def __init__(self, sentence: str = "The event was changed meanwhile. Nothing was changed; look again.") -> None:
        super().__init__(sentence)


class EventGone(ProviderError):
    """The event does not exist any more; nothing was written."""

    def __init__(self, sentence: str = "The event is not there any more. Nothing was changed.") -> None:
        super().__init__(sentence)


class ProviderBusy(ProviderError):
    """The provider asks for patience; `retry_after` in seconds where it said so."""

    def __init__(self, sentence: str, retry_after: float | None = None) -> None:
        super().__init__(sentence)
        self.retry_after = retry_after


class QuotaUsedUp(ProviderBusy):
    """The provider takes nothing more from the whole account for hours."""


class ProviderDown(ProviderError):
    """The provider did not answer, or answered with a failure of its own.

    `is_silent`: nothing was heard, so that what was asked for may still be under way there.
    """

    def __init__(self, sentence: str, *, is_silent: bool = False) -> None:
        super().__init__(sentence)
        self.is_silent = is_silent


class AddressesWithheld(ProviderError):
    """Slack may not be asked whose an address is: Daybook was installed before it needed that."""

    def __init__(self) -> None:
        super().__init__("Daybook may not ask Slack whose an address is. Have an admin install Daybook again.")


class LeaseLost(DaybookError):
    """Another process took the claimed work over; what this one still holds must not be written."""


class SecretUnreadable(DaybookError):
    """A sealed value does not open: another row's, damaged, or its key was removed."""


class KeyMissing(SecretUnreadable):
    """The key that sealed a value is not configured; with that key back, the value opens again."""

    def __init__(self) -> None:
        super().__init__(
            "The key that seals this account's token is not configured. "
            "Whoever runs Daybook has to put it back into DAYBOOK_SECRET_KEYS; then it goes on by itself."
        )


class Overloaded(DaybookError):
    """More is waiting than can be done in good time; nothing was taken on."""

    def __init__(self) -> None:
        super().__init__("Daybook has its hands full just now. Nothing was done; try again in a minute.")
