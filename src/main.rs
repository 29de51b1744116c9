//! The `diptych` program: arguments in, exit code out.

use std::process::ExitCode;

fn main() -> ExitCode {
    let run = || diptych::commands::run(std::env::args_os());
    // The panic has been reported by then; only the exit code is left to say.
    let code = std::panic::catch_unwind(run).unwrap_or(diptych::commands::error::INTERNAL);
    ExitCode::from(code)
}
