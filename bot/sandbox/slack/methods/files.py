"""Handing a file over: asking for a place, and saying that it is there. `web` takes the content in between."""

from collections.abc import Mapping

from bot.sandbox.slack.files import File
from bot.sandbox.slack.methods.call import Call, Method
from bot.sandbox.slack.refusal import Refusal, invalid_arguments
from bot.sandbox.slack.shape import Json

_MOST_BYTES = 50_000_000
_ALT_TEXT = 1000


def _announce(call: Call) -> Json:
    name, length = call.needed("filename"), call.arguments.get("length")
    if not isinstance(length, str) or not length.isdigit() or not int(length):
        raise invalid_arguments("missing required field: length")
    if int(length) > _MOST_BYTES:
        raise Refusal("file_upload_size_restricted")
    alt_text = call.text("alt_txt") or ""
    if len(alt_text) > _ALT_TEXT:
        raise Refusal("alt_txt_too_large", faulty=True)
    file = call.backend.files.announce(call.workspace.id, name, int(length), alt_text)
    return {"upload_url": f"{call.backend.url}/upload/v1/{file.secret}", "file_id": file.id}


def _complete(call: Call) -> Json:
    try:
        given = call.structure("files")
    except ValueError:
        given = None
    if not isinstance(given, list) or not given or not all(isinstance(one, dict) and one.get("id") for one in given):
        raise invalid_arguments("missing required field: files")
    if any(call.arguments.get(name) for name in ("channel_id", "channels", "thread_ts", "initial_comment", "blocks")):
        raise invalid_arguments("this stand-in keeps files to their app; a message shows them")
    files = call.backend.files
    done = [files.complete(call.workspace.id, str(one["id"]), str(one.get("title", ""))) for one in given]
    return {"files": [_told(file) for file in done]}


def _delete(call: Call) -> Json:
    call.backend.files.delete(call.workspace.id, call.needed("file"))
    return {}


def _told(file: File) -> Json:
    # What kind of file it is, Slack says only once it has looked it over.
    return {"id": file.id, "title": file.title, "name": file.name, "mimetype": "", "channels": [], "is_public": False}


METHODS: Mapping[str, Method] = {
    "files.getUploadURLExternal": Method(_announce, ("files:write",)),
    "files.completeUploadExternal": Method(_complete, ("files:write",)),
    "files.delete": Method(_delete, ("files:write",)),
}
