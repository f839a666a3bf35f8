//! Building an index anew: it must not lose what the one before had, where that can be told.

use super::{IngestError, IngestOptions};
use crate::index::{IndexError, Location, SourceState, State};

/// An error of the index, with the sources that it has where it can only be built anew.
pub(super) fn unusable(location: &Location, error: IndexError) -> IngestError {
    match error {
        IndexError::Damaged { .. } | IndexError::Format { .. } => {
            IngestError::Unusable { error, sources: location.remembered().map(|state| state.sources) }
        }
        error => error.into(),
    }
}

/// What can still be told of the index that is there. The generation goes on from it, whatever its sources are.
pub(super) fn before(location: &Location) -> State {
    location.remembered().unwrap_or_else(|| {
        tracing::warn!("what sources the index had cannot be told any more");
        State { generation: location.last_generation(), sources: Vec::new() }
    })
}

/// Whether a new index with sources of these names has all that are known, apart from what may go.
pub(super) fn keeps(known: &State, names: &[String], options: &IngestOptions) -> Result<(), IngestError> {
    let is_known = |name: &&String| known.sources.iter().any(|source| source.name == **name);
    if !known.sources.is_empty() {
        for name in options.forget.iter().filter(|name| !is_known(name)) {
            tracing::warn!("--forget {name}: the index has no source of this name");
        }
    }
    let is_lost = |source: &&SourceState| {
        options.rebuild && !names.contains(&source.name) && !options.forget.contains(&source.name)
    };
    let lost: Vec<SourceState> = known.sources.iter().filter(is_lost).cloned().collect();
    if lost.is_empty() { Ok(()) } else { Err(IngestError::WouldLose(lost)) }
}

/// What sources there are to give.
pub(super) fn known(sources: Option<&[SourceState]>) -> String {
    match sources {
        None => "What sources it has cannot be told any more: give all of them".to_owned(),
        Some([]) => "It has no sources".to_owned(),
        Some(sources) => format!("Its sources are {}: give all of them", listed(sources)),
    }
}

/// Sources by name, with their folders.
pub(super) fn listed(sources: &[SourceState]) -> String {
    let each = sources.iter().map(|source| format!("{} ({})", source.name, source.root));
    each.collect::<Vec<_>>().join(", ")
}
