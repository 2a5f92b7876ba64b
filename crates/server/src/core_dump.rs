//! What is in memory stays there: a process that crashes writes no core, and no other process of its user may read it.

use rustix::process::{Resource, Rlimit, setrlimit};

/// From now on nothing of this process's memory is dumped.
pub(crate) fn forbid() {
    // Less than was allowed is always allowed. Where it is not, there is nothing else to do about it.
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    // A core that goes to a program instead of a file is not bound by that limit.
    #[cfg(target_os = "linux")]
    let _ = rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable);
}
