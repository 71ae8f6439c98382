"""From the click on Join to the painted practice room, and from the start of Debian's Chromium to the same page.

Prints one line of JSON: the milliseconds of each round, `joined` and `chromium`. Ours ends when the room is painted
and the page that covers it while it loads is gone. Run on a desktop of its own (`scripts/desktop`).
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile

from real_program import RealProgram
from told_paint import first_paint, now, tell_paints

from pnm_launcher import launch

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 10

if not shutil.which("chromium"):
    sys.exit("This needs Chromium to compare with: apt-get install chromium")

servers = tell_paints()
bench = RealProgram()
connections = bench.parts.connections
practice = connections.practice()


def joined() -> float:
    server = servers[0]
    known, shown = len(server.painted), []
    began = now()
    bench.click_join()
    window = bench.meeting_window()
    window.page_loaded.connect(lambda: shown.append(now()))
    painted = first_paint(server, known, bench.until)
    bench.until(lambda: bool(shown))
    bench.spend(0.5)
    bench.leave()
    return (max(painted, shown[0]) - began) * 1000


def chromium(profile: str) -> float:
    server = servers[0]
    with connections.client(practice) as client:
        link = launch.join(bench.meeting, client, page=connections.page(practice), create=True)
    command = ["chromium", f"--app={link.url}", f"--user-data-dir={profile}", "--no-first-run",
               "--no-default-browser-check", "--password-store=basic"]  # fmt: skip
    known = len(server.painted)
    began = now()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    painted = first_paint(server, known, bench.until)
    bench.spend(1.0)  # so that it can write its profile, which the next start reads
    os.killpg(process.pid, signal.SIGTERM)
    bench.until(lambda: process.poll() is not None)
    bench.spend(0.5)
    return (painted - began) * 1000


with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
    rounds = [(joined(), chromium(profile)) for _ in range(ROUNDS + 1)][1:]  # the first one warms up
print(json.dumps({"joined": [each[0] for each in rounds], "chromium": [each[1] for each in rounds]}), flush=True)
bench.close()
os._exit(0)
