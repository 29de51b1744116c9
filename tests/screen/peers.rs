//! The programs around the reader: an OpenSSH server on this machine alone, tmux, GNU screen. Knows nothing of
//! what the reader shows.

use std::cell::RefCell;
use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::pty::Start;
use crate::support::Home;

/// Says that a program is to be tested with and must be here: set where the machine was made for the tests.
const REQUIRED: &str = "DIPTYCH_TEST_PEERS";

/// A wait that takes longer than this has failed.
const DEADLINE: Duration = Duration::from_secs(20);

/// Where a program is; `None`, with a word about it, where it is not on this machine and need not be.
pub fn program(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    // Servers are not on the path of everyone.
    let folders = std::env::split_paths(&path).chain(["/usr/sbin".into(), "/usr/local/sbin".into()]);
    let found = folders.map(|folder| folder.join(name)).find(|path| path.is_file());
    if found.is_none() {
        assert!(std::env::var_os(REQUIRED).is_none(), "{name} is not on this machine, and {REQUIRED} is set");
        eprintln!("skipped: {name} is not on this machine");
    }
    found
}

/// Waits until there is something; what it is.
pub fn until<T>(what: &str, come: impl Fn() -> Option<T>) -> T {
    let deadline = Instant::now() + DEADLINE;
    while Instant::now() < deadline {
        if let Some(come) = come() {
            return come;
        }
        std::thread::yield_now();
    }
    panic!("waited for {what}");
}

/// Waits until a file of the home holds a whole line; the line.
pub fn until_written(home: &Home, name: &str) -> String {
    let line = || std::fs::read_to_string(home.path(name)).ok().filter(|text| text.ends_with('\n'));
    until(name, line).trim().to_owned()
}

/// A script that runs the reader on the two books of a home and writes its exit code to `exit`, also when its
/// terminal goes away.
pub fn recorded(home: &Home) -> String {
    let folder = home.path("");
    let folder = folder.to_str().unwrap();
    let program = env!("CARGO_BIN_EXE_diptych");
    home.write(
        "run.sh",
        format!(
            "export HOME='{folder}' LANG=C.UTF-8\nunset LC_ALL LC_CTYPE\ncd '{folder}'\ntrap : HUP\n\
             '{program}' \"$@\"\necho $? > exit\n"
        ),
    );
    format!("sh '{folder}/run.sh'")
}

/// An OpenSSH server with keys of its own, that lets in whoever runs the test; it ends with the test.
pub struct Server<'a> {
    home: &'a Home,
    child: Child,
    port: u16,
    /// The client that goes with it.
    ssh: PathBuf,
}

impl<'a> Server<'a> {
    /// Starts the server with further lines of configuration; `None` where there is none on this machine.
    pub fn start(home: &'a Home, lines: &str) -> Option<Self> {
        let (sshd, keygen) = (program("sshd")?, program("ssh-keygen")?);
        let ssh = program("ssh")?;
        for key in ["host_key", "user_key"] {
            let file = home.path(key);
            run(Command::new(&keygen).args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(file));
        }
        // Run by root, the server wants this folder, which elsewhere the system makes as it starts.
        let _ = std::fs::create_dir_all("/run/sshd");
        // The port that was free may be taken before the server has it.
        let started = (0..5).find_map(|_| listening(home, &sshd, lines));
        let (child, port) = started.expect("sshd does not start");
        Some(Self { home, child, port, ssh })
    }

    /// Where it listens.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// A client that runs a command of this user over there, with a terminal (`-tt`) or without (`-T`).
    pub fn client(&self, port: u16, terminal: &str, command: &str) -> Start {
        Start::program(&self.ssh, self.home).arguments(&self.arguments(port, terminal, command))
    }

    /// The same without a terminal of its own: what it prints.
    pub fn output(&self, command: &str) -> String {
        let mut client = Command::new(&self.ssh);
        client.args(self.arguments(self.port, "-T", command)).stdin(Stdio::null());
        String::from_utf8(client.output().unwrap().stdout).unwrap()
    }

    fn arguments(&self, port: u16, terminal: &str, command: &str) -> Vec<String> {
        let path = |name: &str| self.home.path(name).to_str().unwrap().to_owned();
        let user = String::from_utf8(run(Command::new("id").arg("-un"))).unwrap();
        let mut arguments: Vec<String> = ["-F", "none", terminal, "-i"].map(str::to_owned).into();
        arguments.push(path("user_key"));
        for option in [
            "IdentitiesOnly=yes".to_owned(),
            "IdentityAgent=none".to_owned(),
            "StrictHostKeyChecking=no".to_owned(),
            "LogLevel=ERROR".to_owned(),
            format!("UserKnownHostsFile={}", path("known_hosts")),
            format!("Port={port}"),
        ] {
            arguments.extend(["-o".to_owned(), option]);
        }
        arguments.push(format!("{}@127.0.0.1", user.trim()));
        arguments.extend(Some(command.to_owned()).filter(|command| !command.is_empty()));
        arguments
    }
}

impl Drop for Server<'_> {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn run(command: &mut Command) -> Vec<u8> {
    let ran = command.stdin(Stdio::null()).output().unwrap();
    assert!(ran.status.success(), "{command:?}: {}", String::from_utf8_lossy(&ran.stderr));
    ran.stdout
}

/// A server that listens, and its port; `None` where the port was taken before the server had it.
fn listening(home: &Home, sshd: &Path, lines: &str) -> Option<(Child, u16)> {
    let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port();
    let [config, host_key, user_key, log] =
        ["sshd_config", "host_key", "user_key.pub", "sshd.log"].map(|name| home.path(name));
    let text = format!(
        "ListenAddress 127.0.0.1:{port}\nHostKey {}\nAuthorizedKeysFile {}\nPidFile none\nUsePAM no\n\
         StrictModes no\nPasswordAuthentication no\nPermitRootLogin prohibit-password\n\
         AllowTcpForwarding no\n{lines}\n",
        host_key.display(),
        user_key.display(),
    );
    std::fs::write(&config, text).unwrap();
    let mut command = Command::new(sshd);
    command.args(["-D", "-f"]).arg(&config).arg("-E").arg(&log).stdin(Stdio::null());
    let child = command.spawn().unwrap();
    let child = RefCell::new(child);
    let ready = until("sshd", || match TcpStream::connect((Ipv4Addr::LOCALHOST, port)) {
        Ok(stream) => {
            let mut greeting = String::new();
            let greeted = BufReader::new(stream).read_line(&mut greeting).is_ok();
            Some(greeted && greeting.starts_with("SSH-"))
        }
        Err(_) => child.borrow_mut().try_wait().unwrap().map(|_| false),
    });
    let mut child = child.into_inner();
    if ready {
        return Some((child, port));
    }
    let _ = child.kill();
    let _ = child.wait();
    None
}
