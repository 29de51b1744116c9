//! The program in a real pseudo-terminal. Waits for what is on the screen, never for time: the deadline
//! is only how a wait fails. Knows nothing of what the program shows.

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, WaitOptions, kill_process, waitpid};

use crate::support::Home;

/// A wait that takes longer than this has failed; nothing that goes well comes near it.
const DEADLINE: Duration = Duration::from_secs(20);

/// Begin and end of a synchronized update: between them a frame is half drawn.
const BEGIN: &[u8] = b"\x1b[?2026h";
const END: &[u8] = b"\x1b[?2026l";

/// How the program is started.
pub struct Start {
    command: CommandBuilder,
    columns: u16,
    rows: u16,
    wide_ambiguous: bool,
}

impl Start {
    /// The program with an empty environment but for `home`, in a UTF-8 locale, on 160 x 48 cells.
    pub fn new(home: &Home) -> Self {
        Self::program(env!("CARGO_BIN_EXE_diptych"), home)
    }

    /// Another program in the same surroundings.
    pub fn program(program: impl AsRef<std::ffi::OsStr>, home: &Home) -> Self {
        let home = home.path("");
        let mut command = CommandBuilder::new(program);
        command.env_clear();
        command.cwd(&home);
        command.env("HOME", home);
        command.env("TERM", "xterm-256color");
        command.env("LANG", "C.UTF-8");
        Self { command, columns: 160, rows: 48, wide_ambiguous: false }
    }

    pub fn arguments<T: AsRef<std::ffi::OsStr>>(mut self, arguments: &[T]) -> Self {
        self.command.args(arguments);
        self
    }

    pub fn environment(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    pub fn size(mut self, columns: u16, rows: u16) -> Self {
        (self.columns, self.rows) = (columns, rows);
        self
    }

    /// In a terminal that draws characters of ambiguous width in two cells.
    pub fn wide_ambiguous(mut self) -> Self {
        self.wide_ambiguous = true;
        self
    }

    pub fn open(self) -> Terminal {
        let pair = native_pty_system().openpty(pty_size(self.columns, self.rows)).unwrap();
        let child = pair.slave.spawn_command(self.command).unwrap();
        // Kept open here, the line would never end when the program does.
        drop(pair.slave);
        let closing = Arc::new(AtomicBool::new(false));
        let (output, reader) = listen(pair.master.try_clone_reader().unwrap(), Arc::clone(&closing));
        let writer = pair.master.take_writer().unwrap();
        let parser = vt100::Parser::new(cells(self.rows), cells(self.columns), 0);
        let line = Line { writer, reader, master: pair.master };
        let wide_ambiguous = self.wide_ambiguous;
        Terminal { child, line: Some(line), output, closing, parser, sent: Vec::new(), wide_ambiguous }
    }
}

fn pty_size(columns: u16, rows: u16) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).unwrap_or(NonZeroU16::MIN)
}

/// Reads what the program sends until it ends, or until told to stop and woken by one more read.
fn listen(mut reader: Box<dyn Read + Send>, closing: Arc<AtomicBool>) -> (Receiver<Vec<u8>>, JoinHandle<()>) {
    let (sender, output) = mpsc::channel();
    let thread = std::thread::spawn(move || {
        let mut buffer = [0; 16 * 1024];
        while let Ok(length @ 1..) = reader.read(&mut buffer) {
            let _ = sender.send(buffer[..length].to_vec());
            if closing.load(Ordering::SeqCst) {
                return;
            }
        }
    });
    (output, thread)
}

/// Our end of the line; dropping all of it hangs up.
struct Line {
    writer: Box<dyn Write + Send>,
    reader: JoinHandle<()>,
    master: Box<dyn MasterPty + Send>,
}

/// The program and what it has drawn.
pub struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    line: Option<Line>,
    output: Receiver<Vec<u8>>,
    closing: Arc<AtomicBool>,
    parser: vt100::Parser,
    sent: Vec<u8>,
    wide_ambiguous: bool,
}

impl Terminal {
    /// Types, all at once.
    pub fn press(&mut self, keys: &str) {
        self.line.as_mut().unwrap().writer.write_all(keys.as_bytes()).unwrap();
    }

    /// Gives the terminal another size, as a window that is dragged does.
    pub fn resize(&mut self, columns: u16, rows: u16) {
        self.drain();
        self.parser.screen_mut().set_size(cells(rows), cells(columns));
        self.line.as_ref().unwrap().master.resize(pty_size(columns, rows)).unwrap();
    }

    /// Waits until whole frames have brought this about.
    pub fn until(&mut self, what: &str, come: impl Fn(&Terminal) -> bool) {
        let deadline = Instant::now() + DEADLINE;
        self.drain();
        while !(self.is_whole() && come(self)) {
            let left = deadline.saturating_duration_since(Instant::now());
            match self.output.recv_timeout(left) {
                Ok(bytes) => self.take(&bytes),
                Err(why) => panic!("waited for {what}, {why}; the screen:\n{}", self.frame()),
            }
        }
    }

    /// Waits until a text is on the screen.
    pub fn until_shown(&mut self, text: &str) {
        self.until(&format!("{text:?}"), |terminal| terminal.frame().contains(text));
    }

    /// Waits until a text is no longer on the screen.
    pub fn until_gone(&mut self, text: &str) {
        self.until(&format!("no {text:?}"), |terminal| !terminal.frame().contains(text));
    }

    /// Waits until the program has ended; its exit code.
    pub fn until_ended(&mut self) -> u32 {
        let deadline = Instant::now() + DEADLINE;
        loop {
            match self.output.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(bytes) => self.take(&bytes),
                Err(mpsc::RecvTimeoutError::Disconnected) => break,
                Err(mpsc::RecvTimeoutError::Timeout) => {
                    panic!("the program did not end; the screen:\n{}", self.frame())
                }
            }
        }
        self.child.wait().unwrap().exit_code()
    }

    /// Closes the terminal under the program, as a window that is closed does; its exit code and how
    /// long it took to end.
    pub fn hang_up(mut self) -> (u32, Duration) {
        self.closing.store(true, Ordering::SeqCst);
        // The reading thread holds the line too; a repaint wakes it, and it lets go.
        self.press("\x0c");
        let Line { writer, reader, master } = self.line.take().unwrap();
        reader.join().unwrap();
        drop(writer);
        drop(master);
        let closed = Instant::now();
        while closed.elapsed() < DEADLINE {
            if let Some(status) = self.child.try_wait().unwrap() {
                return (status.exit_code(), closed.elapsed());
            }
            std::thread::yield_now();
        }
        panic!("the program outlived its terminal");
    }

    /// Sends a signal to the program.
    pub fn signal(&self, signal: Signal) {
        kill_process(self.pid(), signal).unwrap();
    }

    /// Sends a signal to what a shell has in the foreground.
    pub fn signal_foreground(&self, signal: Signal) {
        let leader = self.line.as_ref().unwrap().master.process_group_leader();
        kill_process(leader.and_then(Pid::from_raw).unwrap(), signal).unwrap();
    }

    /// Loses what is on the screen, as a terminal does that another program has written to.
    pub fn lose_the_screen(&mut self) {
        self.drain();
        self.parser.process(b"\x1b[2J");
    }

    /// Waits until the program was stopped by a signal.
    pub fn until_stopped(&self) {
        let status = waitpid(Some(self.pid()), WaitOptions::UNTRACED).unwrap().unwrap();
        assert!(status.1.stopped(), "{status:?}");
    }

    fn pid(&self) -> Pid {
        Pid::from_raw(self.child.process_id().unwrap().cast_signed()).unwrap()
    }

    /// The rows on the screen, without blanks at their ends.
    pub fn rows(&self) -> Vec<String> {
        let screen = self.parser.screen();
        screen.rows(0, screen.size().1.get()).map(|row| row.trim_end().to_owned()).collect()
    }

    /// The rows on the screen as one text.
    pub fn frame(&self) -> String {
        self.rows().join("\n")
    }

    /// The emulated screen, for its modes and cells.
    pub fn screen(&self) -> &vt100::Screen {
        self.parser.screen()
    }

    /// Every byte that the program has sent.
    pub fn sent(&self) -> &[u8] {
        &self.sent
    }

    fn drain(&mut self) {
        for bytes in self.output.try_iter().collect::<Vec<_>>() {
            self.take(&bytes);
        }
    }

    fn take(&mut self, bytes: &[u8]) {
        let shown = self.sent.len();
        self.sent.extend_from_slice(bytes);
        if !self.wide_ambiguous {
            self.parser.process(bytes);
            return;
        }
        // The emulator knows one width: what is to be wide becomes a character that is. A piece may end within a
        // character; its beginning waits for the next one.
        let start = shown - unfinished(&self.sent[..shown]);
        let end = self.sent.len() - unfinished(&self.sent);
        let text = String::from_utf8(self.sent[start..end].to_vec()).unwrap();
        let widened: String = text.chars().map(|c| if is_ambiguous(c) { '漢' } else { c }).collect();
        self.parser.process(widened.as_bytes());
    }

    /// Whether no frame is half drawn.
    fn is_whole(&self) -> bool {
        let last = |mark: &[u8]| self.sent.windows(mark.len()).rposition(|bytes| bytes == mark);
        last(BEGIN) <= last(END)
    }
}

/// Bytes at the end that begin a character and do not end it.
fn unfinished(bytes: &[u8]) -> usize {
    let Err(error) = std::str::from_utf8(bytes) else { return 0 };
    bytes.len() - error.valid_up_to()
}

fn is_ambiguous(character: char) -> bool {
    diptych::layout::ambiguous::is_ambiguous(character.encode_utf8(&mut [0; 4]))
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // Already ended, in a test that went well.
        let _ = self.child.kill();
    }
}
