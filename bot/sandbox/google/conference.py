"""Makes the video meeting that an event asks for."""

import hashlib

from bot.sandbox.google.errors import Resource, invalid


def meeting_for(event_id: str, asked: object) -> Resource:
    """What `conferenceData` becomes: the fields of an event with a Meet link.

    Raises:
        ApiError: it asks for something other than Google Meet, or for nothing.
    """
    if not isinstance(asked, dict):
        raise invalid("Invalid conference data.")
    if "entryPoints" in asked:
        return {"conferenceData": asked}
    request = asked.get("createRequest")
    key = request.get("conferenceSolutionKey", {"type": "hangoutsMeet"}) if isinstance(request, dict) else {}
    if not isinstance(request, dict) or not request.get("requestId") or key.get("type") != "hangoutsMeet":
        raise invalid("Invalid conference type value.")
    code = hashlib.sha256(f"{event_id} {request['requestId']}".encode()).hexdigest()
    letters = "".join(chr(ord("a") + int(digit, 16)) for digit in code)
    name = f"{letters[:3]}-{letters[3:7]}-{letters[7:10]}"
    link = f"https://meet.google.com/{name}"
    made = {
        "createRequest": {
            "requestId": request["requestId"],
            "conferenceSolutionKey": {"type": "hangoutsMeet"},
            "status": {"statusCode": "success"},
        },
        "entryPoints": [{"entryPointType": "video", "uri": link, "label": link.removeprefix("https://")}],
        "conferenceSolution": {"key": {"type": "hangoutsMeet"}, "name": "Google Meet"},
        "conferenceId": name,
    }
    return {"conferenceData": made, "hangoutLink": link}
