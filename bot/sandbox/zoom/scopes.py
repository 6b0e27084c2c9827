"""The permissions of a Zoom app, and which of them open which method: granular ones, and the older broad ones."""

READ_USER = "user:read:user"
CREATE = "meeting:write:meeting"
READ = "meeting:read:meeting"
LIST = "meeting:read:list_meetings"
UPDATE = "meeting:update:meeting"
DELETE = "meeting:delete:meeting"

ALL = (READ_USER, CREATE, READ, LIST, UPDATE, DELETE)

# What the consent page says about each; a scope that is not here does not exist.
MEANINGS = {
    READ_USER: "View a user",
    CREATE: "Create a meeting for a user",
    READ: "View a meeting",
    LIST: "View a user's meetings",
    UPDATE: "Update a meeting",
    DELETE: "Delete a meeting",
    "user:read": "View your user information",
    "meeting:read": "View your meetings",
    "meeting:write": "View and manage your meetings",
}


def opening(granular: str, broad: str) -> tuple[str, ...]:
    """The scopes that open a method, each also as an administrator's, in the order in which Zoom names them."""
    return granular, f"{granular}:admin", broad, f"{broad}:admin"
