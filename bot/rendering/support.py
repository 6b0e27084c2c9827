"""Where people turn who need help that Daybook does not give."""


def support_line(support: str) -> str:
    """One line for Home and help; `support` is an address of the web or of mail, empty where nobody set one."""
    if not support:
        return "Questions, or something wrong? Ask whoever runs Daybook in this workspace."
    return f"Questions, or something wrong? <{support}|Write to support>."
