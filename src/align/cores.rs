//! Two things done at once, on a few threads that stay while a text is aligned: a fresh thread often starts on the
//! core of the one that starts it, and an alignment of a few milliseconds then takes half as long again. Knows nothing
//! of what is done.

use std::thread;

/// All is done for two sides.
const CORES: usize = 2;

/// Does some work on threads of its own, which end with it: no other work waits for them. They are named as the one that
/// waits, since what a panic means depends on who is hit.
pub fn with_cores<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    if rayon::current_thread_index().is_some() {
        return work();
    }
    let name = thread::current().name().unwrap_or_default().to_owned();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(CORES).thread_name(move |_| name.clone()).build();
    match pool {
        Ok(pool) => pool.install(work),
        // The system gives no thread.
        Err(_) => work(),
    }
}

/// Does the work of both sides at once.
pub fn on_both_sides<T: Send>(work: impl Fn(usize) -> T + Sync) -> [T; 2] {
    let (left, right) = at_once(|| work(0), || work(1));
    [left, right]
}

/// Does two things at once where there are cores for it, else one after the other.
pub fn at_once<A: Send, B: Send>(
    here: impl FnOnce() -> A + Send,
    there: impl FnOnce() -> B + Send,
) -> (A, B) {
    if rayon::current_thread_index().is_some() { rayon::join(here, there) } else { (here(), there()) }
}

#[cfg(test)]
mod tests {
    use std::sync::Barrier;

    use super::*;

    #[test]
    fn two_things_run_at_once_on_threads_of_the_name_of_the_one_that_waits() {
        // Each waits for the other.
        let both = Barrier::new(2);
        let name = || {
            both.wait();
            thread::current().name().map(str::to_owned)
        };
        let named = thread::current().name().map(str::to_owned);
        assert_eq!(with_cores(|| at_once(name, name)), (named.clone(), named));
    }

    #[test]
    fn without_cores_things_are_done_one_after_the_other() {
        let here = thread::current().id();
        assert_eq!(on_both_sides(|side| (side, thread::current().id())), [(0, here), (1, here)]);
    }

    #[test]
    #[should_panic(expected = "for the test")]
    fn a_panic_goes_on_to_the_one_that_waits() {
        with_cores(|| on_both_sides(|side| assert_eq!(side, 0, "for the test")));
    }
}
