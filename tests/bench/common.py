"""What the runners share: a command in a fresh process, with its time, its memory and its answer."""

import os
import statistics
import subprocess
import tempfile
import time

GNU_TIME = "/usr/bin/time"


def run(command, env=None):
    """Seconds by the wall, seconds of processor, peak MiB, and what was printed."""
    with tempfile.NamedTemporaryFile() as peak, tempfile.TemporaryFile() as out:
        timed = [GNU_TIME, "-f", "%M", "-o", peak.name, *command]
        begun = time.perf_counter()
        child = subprocess.Popen(timed, stdout=out, stderr=subprocess.PIPE, env=env)
        said = child.stderr.read()
        _, status, used = os.wait4(child.pid, 0)
        wall = time.perf_counter() - begun
        child.returncode = status
        if status:
            raise RuntimeError(f"{command}: {said.decode('utf8', 'replace')[-600:]}")
        out.seek(0)
        return {
            "wall": wall,
            "cpu": used.ru_utime + used.ru_stime,
            "rss": int(peak.read().split()[-1]) / 1024,
            "out": out.read().decode("utf8", "replace"),
        }


def median(runs, figure):
    return statistics.median(one[figure] for one in runs)


def table(rows):
    """One line a peer: median wall and processor seconds, peak MiB, whether the answer was right."""
    for name, runs in rows.items():
        if runs:
            right = "ok" if all(one["right"] for one in runs) else "WRONG"
            print(
                f"{name:24s} {median(runs, 'wall'):9.4f} s  cpu {median(runs, 'cpu'):9.4f} s"
                f"  {median(runs, 'rss'):8.1f} MiB  {right}"
            )


def load():
    """How busy the machine is: a figure means little beside another one taken at another load."""
    return "load " + " ".join(f"{one:.1f}" for one in os.getloadavg())
