"""The refusals of Zoom, in the bodies that the real service sends."""

from collections.abc import Iterable, Mapping
from typing import Any

Resource = dict[str, Any]


class ApiError(Exception):
    """A request that Zoom's API refuses: its HTTP status, and the code by which clients are to judge it."""

    def __init__(self, status: int, body: Resource, headers: Mapping[str, str] | None = None) -> None:
        """Describe the refusal by its whole body."""
        super().__init__(f"{status} {body['code']}: {body['message']}")
        self.status = status
        self.body = body
        self.headers = dict(headers or {})


class OAuthError(Exception):
    """A token request that Zoom refuses."""

    def __init__(self, error: str, reason: str) -> None:
        """Describe it in OAuth's word and Zoom's sentence."""
        super().__init__(f"{error}: {reason}")
        self.body = {"reason": reason, "error": error}


def error_body(code: int, message: str, invalid: Iterable[str] = ()) -> Resource:
    """The JSON of a refusal, for a fault script too; `invalid` names the fields that were wrong."""
    errors = [{"field": field, "message": "Invalid field."} for field in invalid]
    return {"code": code, "message": message} | ({"errors": errors} if errors else {})


def per_second_body() -> Resource:
    """The body of a 429 for too many requests in a second."""
    return error_body(429, "You have reached the maximum per-second rate limit for this API. Try again later.")


def daily_body(limit: int = 100) -> Resource:
    """The body of a 429 for too many meetings made or changed in a day."""
    return error_body(
        429,
        f"You have exceeded the daily rate limit ({limit}) of Meeting Create/Update API requests permitted for this "
        "particular user. You may resume these requests at GMT 00:00:00.",
    )


def invalid_token() -> ApiError:
    """The bearer token is missing, unknown or revoked."""
    return ApiError(401, error_body(124, "Invalid access token."))


def expired_token() -> ApiError:
    """The bearer token was good once."""
    return ApiError(401, error_body(124, "Access token is expired."))


def missing_scopes(accepted: Iterable[str]) -> ApiError:
    """The token is good, but what it may do does not include this method."""
    named = ", ".join(accepted)
    return ApiError(400, error_body(4711, f"Invalid access token, does not contain scopes:[{named}]."))


def no_such_user(named: str) -> ApiError:
    """No such user, or none that the token may speak for."""
    return ApiError(404, error_body(1001, f"User does not exist: {named}."))


def no_such_meeting(named: str) -> ApiError:
    """The meeting was never there, is deleted or expired, or is another host's."""
    return ApiError(404, error_body(3001, f"Meeting does not exist: {named}."))


def hosting_not_allowed() -> ApiError:
    """The user has lost the right to hold meetings."""
    message = "Meeting hosting and scheduling capabilities are not allowed for your user account."
    return ApiError(400, error_body(3161, message))


def validation_failed(fields: Iterable[str]) -> ApiError:
    """Fields of the body or of the query have values that they cannot have."""
    return ApiError(400, error_body(300, "Validation Failed.", fields))


def bad_request(message: str) -> ApiError:
    """Something else about the request is wrong."""
    return ApiError(400, error_body(300, message))


def no_such_endpoint() -> ApiError:
    """No method of the API is at this address."""
    return ApiError(404, error_body(2300, "This API endpoint is not recognized."))


def wrong_content_type() -> ApiError:
    """A body that is not said to be JSON."""
    return ApiError(415, error_body(300, "Unsupported Content Type"))


def body_too_large() -> ApiError:
    """A body that no meeting needs."""
    return ApiError(413, error_body(300, "Request Entity Too Large"))
