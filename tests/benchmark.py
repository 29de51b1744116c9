#!/usr/bin/env python3
"""What reading costs: time to the first frame, latency of a key, bytes of a key, beside vim and less.

usage: tests/benchmark.py [--runs N] [LEFT RIGHT]      (stdlib only)

Builds the release binary, opens the largest pair of originals that is at hand (DIPTYCH_ORIGINALS, or beside
the project; else the pair of digests that opens first) in a pseudo-terminal of 160 x 48 cells, presses keys
one at a time and waits for the whole answer to each. Programs that are not installed are left out. Times
hold for one machine and one moment: compare the columns of one run, never two runs. Bytes are stable.
"""
import argparse
import fcntl
import os
import pathlib
import pty
import select
import shutil
import statistics
import struct
import subprocess
import tempfile
import termios
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
COLUMNS, ROWS = 160, 48
# An answer is whole when nothing has come for so long; a key without an answer is waited for as long.
QUIET, NO_ANSWER = 0.03, 0.25

# What a person does: the keys for it in each program; None where the program has nothing like it.
# A tuple is a deed of several keys in turn, after those that set the scene.
DEEDS = [
    ("a row, both panes", {"diptych": b"j", "vim": b"\x05", "less": None}),
    ("a row, one pane", {"diptych": (b"s", b"j"), "vim": (b":windo set noscrollbind\r", b"\x05"), "less": b"j"}),
    ("a screen", {"diptych": (b"j", b" ", b"b"), "vim": (b"\x05", b"\x06", b"\x02"), "less": (b"j", b" ", b"b")}),
    ("to the end and back", {"diptych": (b"j", b"G", b"gg"), "vim": (b"\x05", b"G", b"gg"), "less": (b"j", b"G", b"g")}),
    ("a link of the topic", {"diptych": (b"J", b"J", b"K"), "vim": None, "less": None}),
]
PRESSES = 60


class Program:
    """A program in a pseudo-terminal with an empty home."""

    def __init__(self, command, home):
        self.started = time.perf_counter()
        self.pid, self.line = pty.fork()
        if self.pid == 0:
            environment = {"HOME": home, "PATH": os.environ["PATH"], "TERM": "xterm-256color", "LANG": "C.UTF-8"}
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
            os.execvpe(command[0], command, environment)

    def answer(self, patience=NO_ANSWER):
        """Seconds from now to the last byte of the answer, and its bytes; (None, 0) where none comes."""
        asked, last, count = time.perf_counter(), None, 0
        while select.select([self.line], [], [], QUIET if count else patience)[0]:
            try:
                count += len(os.read(self.line, 65536))
            except OSError:
                break
            last = time.perf_counter() - asked
        return last, count

    def press(self, keys):
        os.write(self.line, keys)
        return self.answer()

    def close(self):
        os.close(self.line)
        os.waitpid(self.pid, 0)


def measure(command, name, home):
    """By deed: latencies in milliseconds and bytes, one for each press."""
    found = {}
    for deed, keys in DEEDS:
        keys = keys[name]
        if keys is None:
            continue
        first, *cycle = (b"", keys) if isinstance(keys, bytes) else keys
        program = Program(command, home)
        program.answer(5)
        if first:
            program.press(first)
        answers = [program.press(cycle[n % len(cycle)]) for n in range(PRESSES)]
        program.close()
        answers = [(seconds * 1000, count) for seconds, count in answers if seconds is not None]
        if answers:
            found[deed] = list(zip(*answers))
    return found


def first_frame(command, home, runs):
    """Milliseconds from the start to the whole first frame, and its bytes: medians."""
    frames = []
    for _ in range(runs):
        program = Program(command, home)
        since = time.perf_counter() - program.started
        seconds, count = program.answer(5)
        frames.append(((since + (seconds or 0)) * 1000, count))
        program.close()
    return [statistics.median(column) for column in zip(*frames)]


def idle(command, home):
    """Bytes that a program sends while nobody does anything for two seconds."""
    program = Program(command, home)
    program.answer(5)
    _, count = program.answer(2)
    program.close()
    return count


def originals():
    """The two largest originals, or None."""
    folders = [os.environ.get("DIPTYCH_ORIGINALS"), ROOT / "../shared/originals", ROOT / "../../shared/originals"]
    for folder in filter(None, folders):
        texts = sorted(pathlib.Path(folder).glob("*.txt"), key=lambda path: -path.stat().st_size)
        if len(texts) >= 2:
            return [str(path.resolve()) for path in texts[:2]]
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=9, help="starts for the median of the first frame")
    parser.add_argument("texts", nargs="*", metavar="LEFT RIGHT")
    arguments = parser.parse_args()
    subprocess.run(["cargo", "build", "--release", "--locked", "--quiet"], cwd=ROOT, check=True)
    target = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    texts = arguments.texts or originals()
    digests = [str(path) for path in sorted(ROOT.glob("texts/*/digest.md"), key=lambda path: -path.stat().st_size)]
    left, right = texts or digests[:2]
    sizes = " and ".join(f"{pathlib.Path(path).name} ({os.path.getsize(path) / 1000:.0f} kB)" for path in (left, right))
    print(f"{sizes}, {COLUMNS} x {ROWS} cells, release build\n")
    commands = {
        "diptych": [str(target / "release/diptych"), left, right],
        "vim": ["vim", "-u", "NONE", "-N", "-R", "-n", "-O", "-c", "windo set scrollbind wrap", left, right],
        "less": ["less", left],
    }
    with tempfile.TemporaryDirectory() as home:
        results = {}
        for name, command in commands.items():
            if not shutil.which(command[0]):
                print(f"{name} is not installed")
                continue
            milliseconds, count = first_frame(command, home, arguments.runs)
            results[name] = (milliseconds, count, idle(command, home), measure(command, name, home))
    report(results)


def report(results):
    """One row for each deed and program; times as a ratio to vim where vim does the same, else to its first frame."""
    base = results.get("vim", results["diptych"])
    against = "vim" if "vim" in results else "diptych"
    print(f"times as ratios to {against}'s median of the same row; where {against} has no such deed, of its row scroll\n")
    print(f"{'':24}{'program':10}{'p50':>8}{'p99':>8}{'bytes p50':>12}{'bytes max':>12}")
    for name, (milliseconds, count, still, _) in results.items():
        print(f"{'first frame':24}{name:10}{milliseconds / base[0]:8.2f}{'':8}{count:12.0f}")
    for deed, _ in DEEDS:
        for name, (_, _, _, deeds) in results.items():
            if deed not in deeds:
                continue
            milliseconds, counts = deeds[deed]
            basis = statistics.median(base[3].get(deed, base[3][DEEDS[0][0]])[0])
            p99 = sorted(milliseconds)[min(len(milliseconds) - 1, round(len(milliseconds) * 0.99))]
            p50 = statistics.median(milliseconds)
            print(f"{deed:24}{name:10}{p50 / basis:8.2f}{p99 / basis:8.2f}{statistics.median(counts):12.0f}{max(counts):12}")
    for name, (_, _, still, _) in results.items():
        print(f"{'two idle seconds':24}{name:10}{'':16}{still:12}")


if __name__ == "__main__":
    main()
