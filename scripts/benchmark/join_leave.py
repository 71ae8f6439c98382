"""Joins the practice room and leaves it, again and again, in the real program with the real web engine.

Prints one line of JSON with a row for each cycle: memory of the program and of all its processes (MB), its open files
and its threads, each taken when the meeting's window and its renderer are gone. The workers of Chromium's pool (`pool`)
are counted apart: it starts and ends them as it likes, up to a fixed number. Run on a desktop of its own.
"""

import gc
import json
import os
import sys
from pathlib import Path

from real_program import RealProgram

CYCLES = int(sys.argv[1]) if len(sys.argv) > 1 else 200


def resident_mb(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


def family() -> list[int]:
    """This process and all that came from it."""
    parents = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue  # it has just ended
    found = [os.getpid()]
    for pid in found:
        found += [child for child, parent in parents.items() if parent == pid]
    return found


def renderers() -> int:
    count = 0
    for pid in family():
        try:
            count += b"--type=renderer" in Path(f"/proc/{pid}/cmdline").read_bytes()
        except OSError:
            continue
    return count


def total_mb() -> float:
    total = 0.0
    for pid in family():
        try:
            total += resident_mb(pid)
        except OSError:
            continue
    return total


def files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def threads() -> tuple[int, int]:
    """All but the workers of Chromium's pool, and these."""
    workers = others = 0
    for task in Path("/proc/self/task").iterdir():
        try:
            is_worker = (task / "comm").read_text().startswith("ThreadPoolForeg")
        except OSError:
            continue  # it has just ended
        workers, others = workers + is_worker, others + (not is_worker)
    return others, workers


def settled(bench: RealProgram) -> tuple[int, int, int]:
    """Files, threads and workers once they have stayed the same for half a second: the last requests end after the
    window."""
    seen: list[tuple[int, int, int]] = []
    for _ in range(50):
        seen.append((files(), *threads()))
        if len(seen) > 5 and len(set(seen[-6:])) == 1:
            break
        bench.spend(0.1)
    return seen[-1]


def cycle(bench: RealProgram) -> dict[str, float]:
    bench.click_join()
    window = bench.meeting_window()
    bench.until(lambda: window.loaded)
    bench.leave()
    bench.until(lambda: not bench.parts.joining.under_way and not renderers())
    gc.collect()
    opened, running, workers = settled(bench)
    return {"own_mb": resident_mb(os.getpid()), "all_mb": total_mb(), "files": opened, "threads": running,
            "pool": workers}  # fmt: skip


program = RealProgram()
rows = [cycle(program) for _ in range(CYCLES)]
print(json.dumps(rows), flush=True)
program.close()
os._exit(0)
