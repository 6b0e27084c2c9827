"""Ana's week as a picture, which is kept on disk too."""

import os
from datetime import timedelta
from pathlib import Path

from bot.sandbox.chapter import Chapter


def pictures_folder() -> Path:
    """Where the pictures of a run stay, for whoever wants to look at them, until the next one."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "daybook-demo"


class WeekChapter(Chapter):
    """Ana looks at her week, Ben at what he may see of it."""

    def play(self) -> None:
        """Play it; raises `NotAsTold`, or `CannotDo` where a button is missing."""
        self._title("A week as a picture")
        ana, ben = self._ana, self._ben
        # The one in which most of the journey took place.
        day = (self._town.change + timedelta(days=1)).isoformat()
        asked = f"/daybook week {day}"
        ana.types(asked)
        ana.waits_for("[picture: Your week")
        self._show(f"Ana types {asked}; in her messages with Daybook", ana, self._latest_about(ana, "[picture:"))
        print(f"\nThe picture: {self._written(ana.member.id, 'week-of-ana')}")
        asked = f"/daybook week @{ana.member.name} {day}"
        ben.types(asked)
        ben.waits_for(f"[picture: {ana.member.real_name}'s week")
        seen = self._latest_about(ben, "[picture:")
        self._show(f"Ben types {asked}", ben, seen)
        self._expect("grey" not in seen, "Ben sees more than busy and free")
        print(f"\nThe picture: {self._written(ben.member.id, 'what-ben-sees')}")
        print("Both pictures are kept there; the next run writes over them.")

    def _written(self, user_id: str, name: str) -> Path:
        """The file in which the latest picture that a member was shown stands from now on."""
        shown = [
            block["slack_file"]["id"]
            for message in self._town.slack.person(user_id).messages
            for block in message.blocks
            if "slack_file" in block
        ]
        file = self._town.slack.files.get(shown[-1])
        self._expect(file is not None and file.is_picture, "Slack has no picture under that id")
        path = pictures_folder() / f"{name}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content if file is not None and file.content is not None else b"")
        return path
