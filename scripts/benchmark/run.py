"""Runs the measurements that `scripts/bench` is asked for and compares them with the targets."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pnm_launcher.practice.server import PracticeServer

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
RUNS = 12
sys.path.insert(0, str(ROOT))


def environment(home: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPATH": str(ROOT), "PNM_LAUNCHER_HOME": home}


def timed(command: list[str], env: dict[str, str]) -> dict[str, Any]:
    """One start of a window: milliseconds from before the fork to the first paint, and what it told of itself."""
    began = time.monotonic()
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=60, check=True)
    told = json.loads(done.stdout.splitlines()[-1])
    return {**told, "ms": (told["at"] - began) * 1000}


def interleaved(runs: int, *measures: Callable[[], Any]) -> list[list[Any]]:
    """Each measure in turn, so that whatever else the machine does falls on all of them; the first round warms up."""
    rounds = [[measure() for measure in measures] for _ in range(runs + 1)][1:]
    return [list(column) for column in zip(*rounds, strict=True)]


def saved_meetings(home: str) -> None:
    from pnm_launcher import store
    from pnm_launcher.meetings import Book, Meeting, Server

    server = Server("s1", "School", "https://meet.school.example", "school")
    meetings = tuple(
        Meeting(f"m{n}", f"Class {n}", "s1", {"room_id": f"class-{n}", "user_info.name": "Ana Martín",
                "user_info.user_id": "ana-1", "user_info.is_admin": True}, pinned=n < 2)
        for n in range(6)
    )  # fmt: skip
    store.update(Path(home) / "meetings.json", lambda _: Book((server,), meetings))


def start() -> bool:
    with tempfile.TemporaryDirectory() as home:
        saved_meetings(home)
        (Path(home) / "window.ini").write_text("[General]\nwelcome=false\n")
        env = environment(home)
        ours = [sys.executable, str(HERE / "our_window.py")]
        told = timed(ours, env)
        bare = [sys.executable, str(HERE / "bare_window.py"), json.dumps(told["widgets"])]
        whole = [*ours, "whole"]
        rows = interleaved(RUNS, lambda: timed(bare, env), lambda: timed(ours, env), lambda: timed(whole, env))
    bare_ms, our_ms, whole_ms = (statistics.median(row["ms"] for row in column) for column in rows)
    bare_mb, our_mb, _ = (statistics.median(row["peak_kb"] for row in column) / 1024 for column in rows)
    count = sum(told["widgets"].values())
    print(f"start to first paint, {count} widgets: bare {bare_ms:.0f} ms, ours {our_ms:.0f} ms")
    loaded = told["loaded"]
    print(f"until list and form are there: {whole_ms:.0f} ms")
    print(f"loaded before the first paint of requests, keyring, QtWebEngine: {loaded or 'none'}")
    return all(
        [
            target("start", our_ms / bare_ms, 1.25, "x"),
            target("memory at first paint above bare", our_mb - bare_mb, 20, " MB"),
            target("heavy modules before first paint", len(loaded), 0, ""),
        ]
    )


@contextmanager
def practice() -> "Iterator[PracticeServer]":
    from pnm_launcher.practice.server import PracticeServer

    server = PracticeServer.start()
    try:
        yield server
    finally:
        server.close()


def link() -> bool:
    with practice() as server, tempfile.TemporaryDirectory() as home:
        env = environment(home)
        program = [sys.executable, "-m", "pnm_launcher"]
        secret = server.secret + "\n"

        def run(command: list[str]) -> tuple[float, int]:
            began = time.monotonic()
            process = subprocess.Popen(command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                       stderr=subprocess.PIPE, text=True)  # fmt: skip
            out, err = process.communicate(secret, timeout=60)
            took = (time.monotonic() - began) * 1000
            if process.returncode or "access_token=" not in out:
                sys.exit(err)
            return took, 0

        at = ["--server", server.address, "--api-key", server.api_key, "--secret-stdin"]
        run([*program, "link", *at, "--room", "bench", "--name", "Ana", "--user-id", "ana", "--create"])
        bare = [sys.executable, str(HERE / "bare_link.py"), server.address, server.api_key, "bench", "ana"]
        ours = [*program, "link", *at, "--room", "bench", "--name", "ana", "--user-id", "ana", "--moderator"]
        rows = interleaved(RUNS, lambda: run(bare), lambda: run(ours))
    bare_ms, our_ms = (statistics.median(took for took, _ in column) for column in rows)
    print(f"link: bare {bare_ms:.0f} ms, ours {our_ms:.0f} ms")
    return target("link", our_ms / bare_ms, 1.3, "x")


def gap() -> bool:
    done = subprocess.run([sys.executable, str(HERE / "gaps.py")], env=environment(tempfile.mkdtemp()),
                          capture_output=True, text=True, timeout=300, check=False)  # fmt: skip
    print(done.stdout, end="")
    if done.returncode:
        print(done.stderr[-2000:], file=sys.stderr)
    return done.returncode == 0


def design() -> bool:
    """From a new colour to the page that has painted it, and to the window that has drawn it."""
    done = subprocess.run([sys.executable, str(HERE / "restyle.py")], env=environment(tempfile.mkdtemp()),
                          capture_output=True, text=True, timeout=120, check=False)  # fmt: skip
    if done.returncode:
        print(done.stderr[-2000:], file=sys.stderr)
        return False
    told = json.loads(done.stdout.splitlines()[-1])
    print(f"300 changes of a colour; load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    return all(
        [
            target(f"{name} from a change to {end}", told[where][name], most, " ms")
            for where, end in (("page", "the painted preview"), ("window", "the preview drawn in the window"))
            for name, most in (("median", 16), ("worst", 50))
        ]
    )


def cycles() -> bool:
    """Joining and leaving, 200 times: what grows each time would fill the memory of a long school year."""
    rows = json.loads(told_by("join_leave.py", 900) or "[]")
    if not rows:
        return False
    later = rows[20:]
    files, threads = ([row[name] for row in later] for name in ("files", "threads"))
    slope = statistics.linear_regression(range(len(later)), [row["all_mb"] for row in later]).slope
    print(f"{len(rows)} times joined and left: {later[0]['all_mb']:.0f} MB after 20, {later[-1]['all_mb']:.0f} MB at "
          f"the end, {files[-1]} open files, {threads[-1]} threads and {later[0]['pool']} to {later[-1]['pool']} in "
          f"Chromium's pool; {load()}")  # fmt: skip
    return all(
        [
            target("memory for each time after the 20th", slope, 0.5, " MB"),
            target("open files away from their median", farthest(files), 2, ""),
            target("threads away from their median", farthest(threads), 2, ""),
        ]
    )


def paint() -> bool:
    told = json.loads(told_by("first_paint.py", 300) or "{}")
    if not told:
        return False
    joined, chromium = statistics.median(told["joined"]), statistics.median(told["chromium"])
    print(f"click on Join to the painted room {joined:.0f} ms, Chromium to the same {chromium:.0f} ms; {load()}")
    return target("click on Join to the painted room", joined / chromium, 0.5, "x")


def told_by(script: str, seconds: int) -> str:
    """The last line that a measurement printed; where there is none, why is printed instead."""
    done = subprocess.run([sys.executable, str(HERE / script)], env=environment(tempfile.mkdtemp()),
                          capture_output=True, text=True, timeout=seconds, check=False)  # fmt: skip
    if done.returncode:
        print(done.stderr[-2000:], file=sys.stderr)
        return ""
    return done.stdout.splitlines()[-1]


def farthest(values: list[float]) -> float:
    middle = statistics.median(values)
    return max(abs(value - middle) for value in values)


def load() -> str:
    return f"load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors"


def target(name: str, value: float, most: float, unit: str) -> bool:
    met = value <= most
    print(f"  {'ok    ' if met else 'MISSED'}  {name}: {value:.2f}{unit} (target ≤ {most}{unit})", flush=True)
    return met


if __name__ == "__main__":
    measures = {"start": start, "link": link, "gap": gap, "design": design, "cycles": cycles, "paint": paint}
    chosen = sys.argv[1:] or list(measures)
    sys.exit(0 if all([measures[name]() for name in chosen]) else 1)
