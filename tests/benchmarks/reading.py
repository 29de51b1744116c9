#!/usr/bin/env python3
"""What reading costs, beside vim, neovim, less, most, kakoune, emacs and tmux with two less in the same run.

usage: tests/benchmarks/reading.py [--runs N] [--large] [--binary PATH] [LEFT RIGHT]      (stdlib only)

Opens a pair of texts in a pseudo-terminal of 160 x 48 cells and prints a table in Markdown: one row for each
thing that a reader does, one column for each program, the goal beside them. The texts are the originals
stalin-1924.txt and miasnikov-1930.txt where they are at hand (DIPTYCH_ORIGINALS, or beside the project), else the
two largest digests. Programs that are not installed are left out and named. `--large` adds pairs of 50 and 500 MB,
a line of 10 MB and a hostile text of one line (marks that combine, wide characters, control bytes), made in a folder
that is removed again. Without `--binary` the release is built.

How it is measured: everything is done `--runs` times, the programs by turns, so that a slow minute of the machine
meets all of them alike; each figure is the median of its runs. The first frame of the pair has four starts in each
run. An answer is whole when nothing has come for 30 ms; its bytes are counted, and its time runs
to the last of them. The first frame is whole at the last byte before 150 ms of silence, once a word from the
beginning of the text has come: some programs show something else first. CPU is that of the program
and of all that it started, from /proc (schedstat: nanoseconds). Times hold for one machine and one moment: compare
the columns of one run, never two runs. Bytes are stable. vim and neovim are started as their users start them for
this, with scrollbind over both texts, in a home without settings. The server of tmux is no child of its client,
so its CPU and memory are not seen.
"""
import argparse
import fcntl
import functools
import itertools
import os
import pathlib
import pty
import random
import re
import select
import shutil
import signal
import statistics
import struct
import subprocess
import tempfile
import termios
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
COLUMNS, ROWS = 160, 48
# What ends a synchronized update.
END_OF_FRAME = b"\x1b[?2026l"
QUIET, START_QUIET, NO_ANSWER, LONG = 0.03, 0.15, 0.5, 5
STARTS_IN_A_RUN = 4
# Keys pressed one at a time for a row of the table; the pages of the shorter text are few.
PRESSES, PAGES = 60, 6
RARE, BESIDE_RARE = "zanzibar", "Here"
# Sequences that steer the terminal.
STEERING = re.compile(rb"\x1b(\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(\x07|\x1b\\)|[ -/]+[0-~]|[0-~])")
# A server of tmux must not meet the one before it on its way out.
STARTS = itertools.count()

BIND = "windo set scrollbind wrap linebreak"
EMACS = """(progn (setq large-file-warning-threshold nil scroll-conservatively 101)
 (find-file-read-only "{a}") (visual-line-mode 1) (split-window-right) (other-window 1) (find-file-read-only "{b}")
 (visual-line-mode 1) (redisplay) (move-to-window-line -1) (other-window 1) (redisplay) (move-to-window-line -1)
 (scroll-all-mode 1))"""

# command; keys: `row` moves both texts where the program can, `alone` one of them, `free` makes them part;
# `find` goes to the first hit of a word.
PROGRAMS = {
    "diptych": {"command": ["{binary}", "{a}", "{b}"], "texts": 2, "setup": b"J", "row": b"j", "free": b"s",
                "alone": b"j", "page": b" ", "find": b"/%s\r"},
    "vim": {"command": ["vim", "-n", "-R", "-O", "{a}", "{b}", "-c", BIND, "-c", "wincmd t",
                        "-c", "normal gg"], "texts": 2, "row": b"\x05", "free": b":windo set noscrollbind\r",
            "alone": b"\x05", "page": b"\x06", "find": b"/%s\r"},
    "nvim": {"command": ["nvim", "-n", "-R", "-O", "{a}", "{b}", "-c", BIND, "-c", "wincmd t", "-c",
                         "normal gg"], "texts": 2, "row": b"\x05", "free": b":windo set noscrollbind\r",
             "alone": b"\x05", "page": b"\x06", "find": b"/%s\r"},
    "emacs": {"command": ["emacs", "-nw", "-Q", "--eval", EMACS], "texts": 2, "row": b"\x0e",
              "free": b"\x1bxscroll-all-mode\r", "alone": b"\x0e", "page": b"\x16", "find": b"\x13%s"},
    "tmux, two less": {"command": ["tmux", "-L", "diptych-{start}", "-f", "/dev/null", "new-session", "less '{a}'", ";",
                                   "split-window", "-h", "less '{b}'", ";", "set", "-w", "synchronize-panes", "on"],
                       "texts": 2, "row": b"j", "page": b" ", "find": b"/%s\r",
                       "end": ["tmux", "-L", "diptych-{start}", "kill-server"]},
    "kak": {"command": ["kak", "-n", "-e", "add-highlighter global/ wrap -word", "{a}"], "texts": 1, "alone": b"vj",
            "page": b"\x06", "find": b"/%s\r"},
    "less": {"command": ["less", "{a}"], "texts": 1, "alone": b"j", "page": b" ", "find": b"/%s\r"},
    "most": {"command": ["most", "-w", "{a}"], "texts": 1, "alone": b"\x1b[B", "page": b" ", "find": b"/%s\r"},
}

# Keys that go far: a page on, the end, a page back, the beginning.
FAR = {"diptych": [b" ", b"G", b"b", b"gg"], "vim": [b"\x06", b"G$", b"\x02", b"gg0"],
       "nvim": [b"\x06", b"G$", b"\x02", b"gg0"], "emacs": [b"\x16", b"\x1b>", b"\x1bv", b"\x1b<"],
       "kak": [b"\x06", b"gegl", b"\x02", b"ggh"], "less": [b" ", b"G", b"b", b"g"], "most": [b" ", b"B", b"U", b"T"]}


class Program:
    """A program in a pseudo-terminal, with an empty home."""

    def __init__(self, command, home):
        self.started = time.perf_counter()
        self.pid, self.line = pty.fork()
        if self.pid == 0:
            environment = {"HOME": home, "PATH": os.environ["PATH"], "TERM": "xterm-256color", "LANG": "C.UTF-8"}
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
            try:
                os.execvpe(command[0], command, environment)
            finally:
                os._exit(127)

    def answer(self, patience=NO_ANSWER, quiet=QUIET, asked=None):
        """Seconds from `asked`, else now, to the last byte of the answer, and its bytes; (None, 0) where none comes."""
        asked, last, count = asked or time.perf_counter(), None, 0
        while select.select([self.line], [], [], quiet if count else patience)[0]:
            try:
                count += len(os.read(self.line, 1 << 16))
            except OSError:
                break
            last = time.perf_counter() - asked
        return last, count

    def until(self, words, asked, quiet):
        """Seconds from `asked` to the last byte of the frame in which one of the words comes, and the bytes until then.
        A frame ends with its synchronized update where the program sends such, else where nothing comes for a while.
        Where none of the words comes within a minute, that of what has come."""
        heard, last = b"", asked
        while (left := asked + 60 - time.perf_counter()) > 0:
            shown = STEERING.sub(b"", heard)
            patience = quiet if any(word in shown for word in words) else left
            if not select.select([self.line], [], [], patience)[0]:
                break
            try:
                heard += os.read(self.line, 1 << 16)
            except OSError:
                break
            last = time.perf_counter()
            whole = STEERING.sub(b"", heard.rpartition(END_OF_FRAME)[0])
            if any(word in whole for word in words):
                break
        return last - asked, len(heard)

    def first_frame(self, words):
        """Milliseconds from the start to the last byte of the frame in which one of the words stands, and its bytes."""
        seconds, count = self.until(words, self.started, START_QUIET)
        # Keys are pressed when what a program still has to do at its start is done.
        self.answer(START_QUIET, START_QUIET)
        return seconds * 1000, count

    def press(self, keys, patience=NO_ANSWER, quiet=QUIET):
        # The answer may be there before the write has come back.
        asked = time.perf_counter()
        os.write(self.line, keys)
        return self.answer(patience, quiet, asked)

    def resize(self, columns, rows):
        fcntl.ioctl(self.line, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def processes(self):
        """The program and all that it started."""
        found, asked = [], [self.pid]
        while asked:
            pid = asked.pop()
            found.append(pid)
            for children in pathlib.Path(f"/proc/{pid}/task").glob("*/children"):
                asked.extend(map(int, read(children).split()))
        return found

    def cpu(self):
        """Milliseconds of processor that the program has used."""
        clocks = [clock for pid in self.processes() for clock in pathlib.Path(f"/proc/{pid}/task").glob("*/schedstat")]
        return sum(int((read(clock).split() or ["0"])[0]) for clock in clocks) / 1e6

    def anonymous_megabytes(self):
        lines = [line for pid in self.processes() for line in read(f"/proc/{pid}/status").splitlines()]
        return sum(int(line.split()[1]) for line in lines if line.startswith("RssAnon")) / 1000

    def close(self):
        for pid in reversed(self.processes()):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        os.close(self.line)
        os.waitpid(self.pid, 0)


def read(path):
    """A file of /proc; empty where it has gone."""
    try:
        return pathlib.Path(path).read_text()
    except OSError:
        return ""


def opened(program, texts, home):
    """A program on a pair, past its first frame; the milliseconds and bytes of that."""
    start = f"{os.getpid()}-{next(STARTS)}"
    filled = {"{a}": texts[0], "{b}": texts[1], "{start}": start}
    command = [functools.reduce(lambda part, name: part.replace(name, filled[name]), filled, part)
               for part in program["command"]]
    running = Program(command, home)
    running.end = [part.replace("{start}", start) for part in program.get("end", [])]
    return running, *running.first_frame(first_words(texts[0]))


def first_words(path):
    """The first long words of a text: they do not stand in what a program says of itself."""
    with open(path, "rb") as text:
        return re.findall(rb"[A-Za-z]{6,}", text.read(4096))[:6]


def closed(running):
    running.close()
    if running.end:
        subprocess.run(running.end, stderr=subprocess.DEVNULL, check=False)


def pressed(running, keys, presses):
    """Medians over many presses of a key: bytes, p50 and p99 in ms, CPU in ms."""
    before, answers = running.cpu(), [running.press(keys) for _ in range(presses)]
    cpu = (running.cpu() - before) / presses
    heard = sorted((seconds * 1000, count) for seconds, count in answers if seconds is not None)
    if not heard:
        return None
    times = [milliseconds for milliseconds, _ in heard]
    last = times[min(len(times) - 1, int(len(times) * 0.99))]
    return {"bytes": statistics.median(count for _, count in heard), "p50": statistics.median(times), "p99": last,
            "cpu": cpu}


def first_frame(program, texts, home):
    """The first frame: milliseconds, bytes, megabytes of anonymous memory."""
    running, milliseconds, count = opened(program, texts, home)
    memory = running.anonymous_megabytes()
    closed(running)
    return milliseconds, count, memory


def reading(program, texts, home):
    """What is done on an open pair, by the name of the row."""
    found = {}
    for name, keys in (("linked", program.get("row")), ("alone", program.get("alone")), ("page", program["page"])):
        if keys is None:
            continue
        running, *_ = opened(program, texts, home)
        if name != "alone" and "setup" in program:
            running.press(program["setup"])
        if name == "alone" and "free" in program:
            running.press(program["free"])
        found[name] = pressed(running, keys, PAGES if name == "page" else PRESSES)
        closed(running)
    running, *_ = opened(program, texts, home)
    key = program.get("row") or program["alone"]
    running.press(key)
    found["idle"] = at_rest(running)
    found["flood"] = running.press(key * 200, quiet=0.3)[1]
    closed(running)
    running, *_ = opened(program, texts, home)
    found["storm"] = storm(running)
    closed(running)
    return found


def at_rest(running):
    """Bytes and CPU milliseconds of two seconds in which nobody does anything."""
    before = running.cpu()
    until, count = time.perf_counter() + 2, 0
    while (left := until - time.perf_counter()) > 0:
        count += running.answer(left, min(left, QUIET))[1]
    return count, running.cpu() - before


def storm(running):
    """Bytes and CPU milliseconds of 200 sizes, 10 ms apart."""
    sizes, before, count = random.Random(1), running.cpu(), 0
    for _ in range(200):
        running.resize(sizes.randint(20, 240), sizes.randint(4, 80))
        count += running.answer(0.01, 0.001)[1]
    running.resize(COLUMNS, ROWS)
    count += running.answer(1, 0.3)[1]
    return count, running.cpu() - before


def found_late(program, texts, home):
    """Milliseconds until the hit of a word in the last tenth is on the screen."""
    running, *_ = opened(program, texts, home)
    find = program["find"] % RARE.encode()
    asked = time.perf_counter()
    os.write(running.line, find)
    # What is typed is echoed at once; the hit stands beside a word that nothing else has.
    seconds, _ = running.until([BESIDE_RARE.encode()], asked, QUIET)
    closed(running)
    return seconds * 1000


def worst_key(program, far, path, home):
    """The most milliseconds that a key takes on a text, a search for what is not in it among them: `LONG` where one is
    not answered by then."""
    running, *_ = opened(program, [path] * 2, home)
    answers = [running.press(keys, LONG, START_QUIET)[0] for keys in (*far, program["find"] % b"qqq")]
    closed(running)
    return max(LONG if seconds is None else seconds for seconds in answers) * 1000


def write_text(path, size, salt):
    """A text of `size` bytes in paragraphs, with the rare word in its last tenth."""
    words = ["soviet", "party", "council", "delegate", "factory", "bread", "winter", "letter", "river", "harbour"]
    draw = random.Random(salt)
    block = []
    while sum(map(len, block)) < 1_000_000:
        block.append(" ".join(draw.choices(words, k=draw.randint(40, 120))).capitalize() + ".\n\n")
    block = "".join(block).encode()
    with open(path, "wb") as out:
        while out.tell() + len(block) < size * 95 // 100:
            out.write(block)
        out.write(f"{BESIDE_RARE} is {RARE}.\n\n".encode())
        while out.tell() < size:
            out.write(block[: size - out.tell()])


def large_texts(folder):
    """Pairs by name: 50 MB, 500 MB, a line of 10 MB with its half, and a hostile text of 10 MB in one line."""
    pairs = {}
    for megabytes in (50, 500):
        pairs[f"{megabytes} MB"] = [str(folder / f"{side}{megabytes}.txt") for side in "ab"]
        for salt, path in enumerate(pairs[f"{megabytes} MB"]):
            write_text(path, megabytes * 1_000_000, salt)
    for name, megabytes in (("5 MB line", 5), ("10 MB line", 10)):
        path = folder / f"line{megabytes}.txt"
        path.write_bytes(b"of the soviet " * (megabytes * 1_000_000 // 14))
        pairs[name] = [str(path)] * 2
    hostile = folder / "hostile.txt"
    parts = ["soviet ", "e" + "\u0301" * 200, "\u6c34\u706b", "\x1b[31m\x07\x00\u202e", "letters" * 40]
    hostile.write_text("".join(part * (2_000_000 // len(part.encode())) for part in parts))
    return pairs | {"hostile text": [str(hostile)] * 2}


def rows_of_start(name, program, texts, home):
    """The rows of one start."""
    milliseconds, count, _ = first_frame(program, texts, home)
    return {"first frame (ms)": milliseconds, "first screen (bytes)": count}


def rows_of_reading(name, program, texts, home):
    """The rows of what is done on an open pair."""
    rows, did = {}, reading(program, texts, home)
    labels = {"linked": "a linked row, both texts", "alone": "a row, one text", "page": "a page"}
    for key, label in labels.items():
        if did.get(key):
            rows[f"{label} (bytes)"] = did[key]["bytes"]
    if did.get("linked"):
        linked = did["linked"]
        rows |= {"linked row, p50 (ms)": linked["p50"], "linked row, p99 (ms)": linked["p99"],
                 "linked row, CPU (ms)": linked["cpu"]}
    rows["two idle seconds after a key (bytes)"], rows["two idle seconds after a key, CPU (ms)"] = did["idle"]
    rows["200 keys at once (bytes)"] = did["flood"]
    rows["200 resizes (bytes)"], rows["200 resizes, CPU (ms)"] = did["storm"]
    return rows


def rows_of_large(name, program, pairs, home):
    """The rows of the large texts."""
    rows = {}
    for pair, texts in pairs.items():
        rows[f"first frame, {pair} (ms)"], _, memory = first_frame(program, texts, home)
        if pair == "500 MB":
            rows["memory, 500 MB (MB anonymous)"] = memory
    rows["a word in the last tenth of 50 MB (ms)"] = found_late(program, pairs["50 MB"], home)
    if name in FAR:
        for text in ("10 MB line", "hostile text"):
            rows[f"worst key, {text} (ms)"] = worst_key(program, FAR[name], pairs[text][0], home)
    return rows


def by_turns(measured, programs, texts, home, runs):
    """By program, the median of each row over the runs, in each of which every program has its turn."""
    seen = {name: {} for name in programs}
    for _ in range(runs):
        for name, program in programs.items():
            for row, value in measured(name, program, texts, home).items():
                seen[name].setdefault(row, []).append(value)
    return {name: {row: statistics.median(figures) for row, figures in rows.items()} for name, rows in seen.items()}


# The goal of each row: words, and whether Diptych's figure meets it given all programs' figures of the row.
def at_most(limit):
    return f"≤ {limit:,}", lambda own, others: own <= limit


def part_of(peer, share):
    return f"≤ {share} of {peer}", lambda own, others: peer not in others or own <= share * others[peer]


def both_of(first, second):
    return f"{first[0]}, {second[0]}", lambda own, others: first[1](own, others) and second[1](own, others)


GOALS = {
    "first frame (ms)": both_of(part_of("vim", 0.4), part_of("less", 2.5)),
    "first screen (bytes)": at_most(6500),
    "a linked row, both texts (bytes)": at_most(250),
    "a row, one text (bytes)": at_most(3400),
    "a page (bytes)": at_most(6500),
    "linked row, p50 (ms)": part_of("vim", 0.5),
    "linked row, p99 (ms)": part_of("vim", 1),
    "linked row, CPU (ms)": part_of("vim", 0.3),
    "two idle seconds after a key (bytes)": at_most(0),
    "two idle seconds after a key, CPU (ms)": ("0 (below 0.5)", lambda own, others: own < 0.5),
    "200 keys at once (bytes)": at_most(13000),
    "200 resizes (bytes)": at_most(410000),
    "200 resizes, CPU (ms)": part_of("vim", 1),
    "first frame, 50 MB (ms)": both_of(part_of("less", 3), part_of("vim", 0.1)),
    "first frame, 500 MB (ms)": at_most(100),
    "first frame, 10 MB line, of its own 5 MB": at_most(2),
    "worst key, 10 MB line (ms)": part_of("most", 1),
    "worst key, hostile text (ms)": part_of("most", 1),
    "memory, 500 MB (MB anonymous)": at_most(100),
    "a word in the last tenth of 50 MB (ms)": at_most(50),
}


def add(results, more):
    for name, rows in more.items():
        results[name] |= rows


def figure(value):
    if value is None:
        return "-"
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.2f}"


def report(results):
    """The table: figures, the goal, whether it is met, and the ratio to vim."""
    names = list(results)
    rows = list(dict.fromkeys(row for found in results.values() for row in found))
    print("| what |", " | ".join(names), "| goal | met | of vim's |")
    print("| --- |" + " ---: |" * len(names) + " --- | --- | ---: |")
    for row in rows:
        others = {name: found[row] for name, found in results.items() if found.get(row) is not None}
        own = others.get("diptych")
        words, test = GOALS.get(row, ("", None))
        met = "" if test is None or own is None else ("yes" if test(own, others) else "NO")
        ratio = f"{own / others['vim']:.2f}" if own is not None and others.get("vim") else ""
        cells = [figure(results[name].get(row)) for name in names]
        print(f"| {row} |", " | ".join(cells), f"| {words} | {met} | {ratio} |")


def originals():
    """The pair of the figures, or None."""
    folders = [os.environ.get("DIPTYCH_ORIGINALS"), ROOT / "../shared/originals", ROOT / "../../shared/originals"]
    for folder in filter(None, folders):
        pair = [pathlib.Path(folder).resolve() / name for name in ("stalin-1924.txt", "miasnikov-1930.txt")]
        if all(path.is_file() for path in pair):
            return list(map(str, pair))
    return None


def built():
    """The release binary, built now."""
    subprocess.run(["cargo", "build", "--release", "--locked", "--quiet"], cwd=ROOT, check=True)
    return str(pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release/diptych")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=3, help="turns of each program, for the medians")
    parser.add_argument("--large", action="store_true", help="also texts of 50 and 500 MB, and a line of 10 MB")
    parser.add_argument("--binary", help="measure this diptych instead of building one")
    parser.add_argument("texts", nargs="*", metavar="LEFT RIGHT")
    arguments = parser.parse_args()
    binary = arguments.binary or built()
    digests = [str(path) for path in sorted(ROOT.glob("texts/*/digest.md"), key=lambda path: -path.stat().st_size)]
    texts = arguments.texts or originals() or digests[:2]
    PROGRAMS["diptych"]["command"][0] = str(pathlib.Path(binary).resolve())
    programs = {name: peer for name, peer in PROGRAMS.items() if shutil.which(peer["command"][0])}
    sizes = " and ".join(f"{pathlib.Path(path).name} ({os.path.getsize(path) / 1000:.0f} kB)" for path in texts)
    print(f"{sizes}, {COLUMNS} x {ROWS} cells; medians\n")
    if absent := [name for name in PROGRAMS if name not in programs]:
        print(f"not installed, so left out: {', '.join(absent)}\n")
    with tempfile.TemporaryDirectory() as home:
        results = by_turns(rows_of_start, programs, texts, home, STARTS_IN_A_RUN * arguments.runs)
        add(results, by_turns(rows_of_reading, programs, texts, home, arguments.runs))
        if arguments.large:
            with tempfile.TemporaryDirectory() as folder:
                pairs = large_texts(pathlib.Path(folder))
                add(results, by_turns(rows_of_large, programs, pairs, home, arguments.runs))
            for rows in results.values():
                line, half = (rows[f"first frame, {line} MB line (ms)"] for line in (10, 5))
                rows["first frame, 10 MB line, of its own 5 MB"] = line / half
    report(results)


if __name__ == "__main__":
    main()
