"""The permissions that Daybook needs of Zoom."""

# New apps have fine ones, old apps broad ones; each is also given by an administrator for the whole account.
_NEEDED = {
    "user:read:user": "user:read",
    "meeting:write:meeting": "meeting:write",
    "meeting:read:meeting": "meeting:read",
    "meeting:read:list_meetings": "meeting:read",
    "meeting:update:meeting": "meeting:write",
    "meeting:delete:meeting": "meeting:write",
}


def missing(granted: frozenset[str]) -> tuple[str, ...]:
    """The fine names of what Daybook needs and `granted` lacks, in either family."""
    held = {scope.removesuffix(":admin") for scope in granted}
    return tuple(fine for fine, broad in _NEEDED.items() if not held & {fine, broad})
