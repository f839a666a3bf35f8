//! Whether a thread that has something to do again takes the core from one that works (Linux; sched(7)).
//!
//! It should: whoever asks is heard at once. But while tens of thousands are refused a second, it is threads of the server that take
//! the core from one another, thousands of times a second, and a search waits for every one of them. Then each does what it has
//! begun; whoever else uses the machine takes the core from all of them.

use std::cell::Cell;

thread_local! {
    /// What this thread does; a new one does what the one does that began it, so at first it is not known.
    static PREEMPTS: Cell<Option<bool>> = const { Cell::new(None) };
}

/// From now on this thread takes the core from others, or leaves it to them.
pub(super) fn set(preempts: bool) {
    if PREEMPTS.replace(Some(preempts)) != Some(preempts) {
        set_policy(preempts);
    }
}

#[cfg(target_os = "linux")]
fn set_policy(preempts: bool) {
    use rustix::process::{getpriority_process, setpriority_process};
    use thread_priority::{NormalThreadSchedulePolicy as Policy, ThreadPriority, ThreadSchedulePolicy};
    let policy = ThreadSchedulePolicy::Normal(if preempts { Policy::Other } else { Policy::Batch });
    let urgency = getpriority_process(None);
    let own = thread_priority::thread_native_id();
    let done =
        thread_priority::set_thread_priority_and_policy(own, ThreadPriority::Os(Default::default()), policy);
    // The crate makes it as urgent as most, where it may; that is not asked here.
    let kept = urgency.and_then(|urgency| setpriority_process(None, urgency));
    tracing::trace!(?done, ?kept, preempts, "threads take the core from one another");
}

#[cfg(not(target_os = "linux"))]
fn set_policy(_preempts: bool) {}

#[cfg(all(test, target_os = "linux"))]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
mod tests {
    use super::*;
    use rustix::process::{getpriority_process, nice};
    use thread_priority::{
        NormalThreadSchedulePolicy as Policy, ThreadSchedulePolicy, thread_schedule_policy,
    };

    /// The policy of this thread, and how far it steps back.
    fn own() -> (ThreadSchedulePolicy, i32) {
        (thread_schedule_policy().unwrap(), getpriority_process(None).unwrap())
    }

    #[test]
    fn a_thread_leaves_the_core_to_others_and_takes_it_again_as_urgent_as_before() {
        std::thread::spawn(|| {
            let urgency = nice(3).unwrap();
            set(true);
            assert_eq!(own(), (ThreadSchedulePolicy::Normal(Policy::Other), urgency));
            set(false);
            assert_eq!(own(), (ThreadSchedulePolicy::Normal(Policy::Batch), urgency));
            std::thread::spawn(move || {
                assert_eq!(own(), (ThreadSchedulePolicy::Normal(Policy::Batch), urgency), "it is begun so");
                set(true);
                assert_eq!(own(), (ThreadSchedulePolicy::Normal(Policy::Other), urgency));
            })
            .join()
            .unwrap();
            set(true);
            assert_eq!(own(), (ThreadSchedulePolicy::Normal(Policy::Other), urgency));
        })
        .join()
        .unwrap();
    }
}
