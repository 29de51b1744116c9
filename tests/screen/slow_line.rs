//! A line between a client and a server on this machine that carries no more than so many bytes in a second.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::time::{Duration, Instant};

/// Bytes that are carried at once.
const PIECE: usize = 512;

/// Opens a line to a port; the port of its near end. It lasts as long as the connection.
pub fn slow_line(to: u16, bytes_per_second: u32) -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        let Ok((near, _)) = listener.accept() else { return };
        let far = TcpStream::connect((Ipv4Addr::LOCALHOST, to)).unwrap();
        let ways = [(&near, &far), (&far, &near)];
        let ways = ways.map(|(from, to)| (from.try_clone().unwrap(), to.try_clone().unwrap()));
        for (from, to) in ways {
            std::thread::spawn(move || carry(from, to, bytes_per_second));
        }
    });
    port
}

fn carry(mut from: TcpStream, mut to: TcpStream, bytes_per_second: u32) {
    let mut piece = [0; PIECE];
    let mut free = Instant::now();
    while let Ok(length @ 1..) = from.read(&mut piece) {
        free = free.max(Instant::now()) + Duration::from_secs(1) * length as u32 / bytes_per_second;
        // This is the line, not a wait of a test for something to have come.
        std::thread::sleep(free.saturating_duration_since(Instant::now()));
        if to.write_all(&piece[..length]).is_err() {
            break;
        }
    }
    let _ = to.shutdown(Shutdown::Both);
    let _ = from.shutdown(Shutdown::Both);
}
