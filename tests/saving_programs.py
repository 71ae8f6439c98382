"""Programs that save, for `test_store`: started by it as processes of their own.

python saving_programs.py add FILE NAME COUNT     adds meetings NAME0, NAME1 … to the file, one save each
python saving_programs.py killed FOLDER COUNT     in COUNT sub-folders, saves until killed at a random moment;
                                                  prints the last acknowledged save of each
"""

import os
import random
import signal
import sys
import time
from dataclasses import replace
from pathlib import Path

import filelock  # noqa: F401 - loaded once, and not again after each fork

from pnm_launcher import store
from pnm_launcher.meetings import Meeting

MEETING = Meeting("m1", "Lesson", "s1", {"room_id": "room01"})


def add(file: str, name: str, count: str) -> None:
    for number in range(int(count)):
        store.update(Path(file), lambda book, number=number: book.with_meeting(replace(MEETING, id=f"{name}{number}")))


def killed(folder: str, count: str) -> None:
    for number in range(int(count)):
        place = Path(folder, f"{number}")
        place.mkdir(parents=True)
        print(place, kill_while_saving(place / "meetings.json", random.Random(str(place))), flush=True)


def kill_while_saving(file: Path, chance: random.Random) -> int:
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        save_for_ever(file, writing)
    os.close(writing)
    with os.fdopen(reading, "rb", buffering=0) as acknowledged:
        last = acknowledged.read(4)
        for _ in range(chance.randrange(4)):
            last = acknowledged.read(4)
        time.sleep(chance.uniform(0, 0.008))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        while later := acknowledged.read(4):
            last = later
    return int.from_bytes(last)


def save_for_ever(file: Path, acknowledge: int) -> None:
    number = 0
    while True:
        meeting = replace(MEETING, title=f"{number}", create={"metadata.welcome_message": "x" * (number % 7) * 3000})
        store.update(file, lambda book, meeting=meeting: book.with_meeting(meeting))
        os.write(acknowledge, number.to_bytes(4))
        number += 1


if __name__ == "__main__":
    {"add": add, "killed": killed}[sys.argv[1]](*sys.argv[2:])
