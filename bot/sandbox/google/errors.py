"""The refusals of Google, in the bodies that the real service sends."""

from typing import Any

Resource = dict[str, Any]


class ApiError(Exception):
    """A request that Calendar v3 refuses."""

    def __init__(
        self,
        status: int,
        reason: str,
        message: str,
        *,
        domain: str = "global",
        location: tuple[str, str] | None = None,
        summary: str | None = None,
        headers: dict[str, str] | None = None,
        more: Resource | None = None,
    ) -> None:
        """Describe the refusal.

        Args:
            status: the HTTP status.
            reason: Google's word for the situation, by which clients are to judge it.
            message: what stands in the list of errors, and above it unless `summary` is given.
            domain: who refused.
            location: the kind and name of what was wrong, such as `("parameter", "timeMin")`.
            summary: the message of the whole.
            headers: to go with the answer.
            more: further fields of the body, such as `status` and `details` of the newer kind.
        """
        super().__init__(f"{status} {reason}: {message}")
        self.status = status
        self.headers = headers or {}
        self.body = error_body(status, reason, message, domain, location, summary, more)


def error_body(
    status: int,
    reason: str,
    message: str,
    domain: str = "global",
    location: tuple[str, str] | None = None,
    summary: str | None = None,
    more: Resource | None = None,
) -> Resource:
    """The JSON of a refusal, for a fault script too; the arguments are those of `ApiError`."""
    error: Resource = {"domain": domain, "reason": reason, "message": message}
    if location is not None:
        error |= {"locationType": location[0], "location": location[1]}
    return {"error": {"errors": [error], "code": status, "message": summary or message} | (more or {})}


def rate_limited() -> Resource:
    """The body of a 403 for too many requests in a minute."""
    return error_body(403, "rateLimitExceeded", "Rate Limit Exceeded", "usageLimits")


def backend_error() -> Resource:
    """The body of a 503."""
    return error_body(503, "backendError", "Backend Error")


def missing_credentials() -> ApiError:
    """No bearer token came with the request."""
    return ApiError(
        401,
        "required",
        "Login Required.",
        location=("header", "Authorization"),
        summary="Request is missing required authentication credential. Expected OAuth 2 access token, login "
        "cookie or other valid authentication credential.",
        headers={"WWW-Authenticate": 'Bearer realm="https://accounts.google.com/"'},
        more={"status": "UNAUTHENTICATED"},
    )


def invalid_credentials() -> ApiError:
    """The bearer token is unknown, expired or revoked."""
    return ApiError(
        401,
        "authError",
        "Invalid Credentials",
        location=("header", "Authorization"),
        summary="Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie "
        "or other valid authentication credential.",
        headers={"WWW-Authenticate": 'Bearer realm="https://accounts.google.com/", error="invalid_token"'},
        more={"status": "UNAUTHENTICATED"},
    )


def insufficient_scopes(method: str, accepted: frozenset[str]) -> ApiError:
    """The token is good, but what it may do does not include this method."""
    scopes = " ".join(sorted(accepted))
    return ApiError(
        403,
        "insufficientPermissions",
        "Insufficient Permission",
        summary="Request had insufficient authentication scopes.",
        headers={
            "WWW-Authenticate": 'Bearer realm="https://accounts.google.com/", error="insufficient_scope", '
            f'scope="{scopes}"'
        },
        more={
            "status": "PERMISSION_DENIED",
            "details": [
                {
                    "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                    "reason": "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
                    "domain": "googleapis.com",
                    "metadata": {"service": "calendar-json.googleapis.com", "method": method},
                }
            ],
        },
    )


def required_access_level() -> ApiError:
    """The account sees the calendar, but may not write to it."""
    message = "You need to have writer access to this calendar."
    return ApiError(403, "requiredAccessLevel", message, domain="calendar")


def forbidden_for_non_organizer() -> ApiError:
    """A guest tried to change what is the organiser's."""
    message = "Shared properties can only be changed by the organizer of the event."
    return ApiError(403, "forbiddenForNonOrganizer", message, domain="calendar")


def not_found() -> ApiError:
    """No such calendar or event, or none that the account may see."""
    return ApiError(404, "notFound", "Not Found")


def duplicate() -> ApiError:
    """The id is taken, if only by a deleted event."""
    return ApiError(409, "duplicate", "The requested identifier already exists.")


def deleted() -> ApiError:
    """The event is deleted already."""
    return ApiError(410, "deleted", "Resource has been deleted")


def full_sync_required() -> ApiError:
    """The sync token has expired or never was one."""
    message = "Sync token is no longer valid, a full sync is required."
    location = ("parameter", "syncToken")
    return ApiError(410, "fullSyncRequired", message, domain="calendar", location=location)


def condition_not_met() -> ApiError:
    """The event is not any more as `If-Match` says."""
    return ApiError(412, "conditionNotMet", "Precondition Failed", location=("header", "If-Match"))


def bad_request() -> ApiError:
    """Something could not be read, and Google does not say what."""
    return ApiError(400, "badRequest", "Bad Request")


def parse_error() -> ApiError:
    """The body is no JSON object."""
    return ApiError(400, "parseError", "Parse Error")


def required(message: str) -> ApiError:
    """Something is missing from the body."""
    return ApiError(400, "required", message)


def invalid(message: str) -> ApiError:
    """Something in the body has a value that it cannot have."""
    return ApiError(400, "invalid", message)


def invalid_parameter(name: str, message: str) -> ApiError:
    """A query parameter has a value that it cannot have."""
    return ApiError(400, "invalidParameter", message, location=("parameter", name))


def not_with_sync_token(name: str) -> ApiError:
    """A query parameter that does not go with a sync token, or not with this one."""
    message = f"The parameter '{name}' cannot be used, or cannot differ, when a sync token is given."
    return ApiError(400, "invalid", message, location=("parameter", name))


def time_range_empty() -> ApiError:
    """The end does not come after the start."""
    message = "The specified time range is empty."
    return ApiError(400, "timeRangeEmpty", message, domain="calendar", location=("parameter", "timeMax"))


def channel_id_not_unique() -> ApiError:
    """There is, or was, a channel of that id."""
    return ApiError(400, "channelIdNotUnique", "Channel id not unique")


def not_https(address: str) -> ApiError:
    """Google calls nobody whom others could listen to."""
    return ApiError(400, "push.webhookUrlNotHttps", f"WebHook callback must be HTTPS: {address}")


def push_not_supported() -> ApiError:
    """Changes of this calendar are not told of, as of those that Google keeps by itself."""
    message = "Push notifications are not supported by this resource."
    return ApiError(400, "pushNotSupportedForRequestedResource", message, domain="calendar")


def no_such_channel(channel_id: str) -> ApiError:
    """It was never opened, or is over, or is somebody else's."""
    return ApiError(404, "notFound", f"Channel '{channel_id}' not found for project '100000000000'")
