"""Makes foreign text fit for a database column."""


def storable(text: str) -> str:
    """`text` without what a database refuses: NUL (PostgreSQL) and lone halves of surrogate pairs (both).

    JSON can carry either, and one such title must not keep a whole calendar from being read.
    """
    if text.isprintable():  # The usual case, and quicker than looking for each.
        return text
    return text.replace("\x00", "").encode("utf-8", "replace").decode()
