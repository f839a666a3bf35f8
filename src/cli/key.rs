//! `rolecall key list|add|revoke`

use super::style::print;
use super::{Exit, Failure, Outcome, print_json};
use crate::http::{KeyFile, Scope};
use anyhow::anyhow;
use clap::{Args, ValueEnum};
use serde_json::json;
use std::path::PathBuf;

/// Make, list and revoke the keys that a server asks for
///
/// A server that is started with `serve --keys FILE` goes by the file; a change counts within a second. A key is shown once, when it
/// is made: the file keeps its SHA-256 alone.
#[derive(Debug, Args)]
pub(super) struct KeyArgs {
    /// What to do
    #[arg(value_enum, default_value_t = Action::List)]
    action: Action,
    /// Of `add`, whose the key is, or for what; of `revoke`, the name or id of the key
    #[arg(value_name = "NAME")]
    name: Option<String>,
    /// The file that the keys are kept in
    #[arg(long, value_name = "FILE", default_value = "rolecall-keys.json")]
    keys: PathBuf,
    /// Of `add`, what the key is good for (repeatable)
    #[arg(long, value_enum, value_name = "SCOPE", default_values_t = [KeyScope::Search])]
    scope: Vec<KeyScope>,
    /// Print what was done as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Action {
    /// What keys there are
    List,
    /// A new key
    Add,
    /// The key is good for nothing any more
    Revoke,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum KeyScope {
    /// Asking
    Search,
    /// Running the server
    Admin,
}

impl From<KeyScope> for Scope {
    fn from(scope: KeyScope) -> Self {
        match scope {
            KeyScope::Search => Self::Search,
            KeyScope::Admin => Self::Admin,
        }
    }
}

impl KeyArgs {
    pub(super) fn run(self) -> Outcome {
        match (self.action, &self.name) {
            (Action::List, None) => self.list(),
            (Action::Add, Some(name)) => self.add(name),
            (Action::Revoke, Some(of)) => self.revoke(of),
            (Action::List, Some(_)) => Err(Failure::Usage(anyhow!("`key list` takes no name"))),
            (Action::Add, None) => {
                Err(Failure::Usage(anyhow!("`key add` takes a name: whose the key is, or for what")))
            }
            (Action::Revoke, None) => {
                Err(Failure::Usage(anyhow!("`key revoke` takes the name or id of a key")))
            }
        }
    }

    fn list(&self) -> Outcome {
        let known = KeyFile::read_or_new(&self.keys)?;
        if self.json {
            let key = |key: &crate::http::KnownKey| json!({ "id": key.id, "name": key.name, "scopes": key.scopes, "created": key.created });
            return print_json(&json!({ "keys": known.keys.iter().map(key).collect::<Vec<_>>() }));
        }
        if known.keys.is_empty() {
            print(&format!("No keys in {}; `rolecall key add NAME` makes one\n", self.keys.display()))?;
        }
        for key in &known.keys {
            print(&format!("{}  {:<14}  {}\n", key.id, scopes(&key.scopes), key.name))?;
        }
        Ok(Exit::Done)
    }

    fn add(&self, name: &str) -> Outcome {
        let mut known = KeyFile::read_or_new(&self.keys)?;
        let wanted: Vec<Scope> = self.scope.iter().copied().map(Scope::from).collect();
        let key = known.add(name, &wanted)?;
        known.write(&self.keys)?;
        if self.json {
            let id = known.keys.last().map(|key| key.id.as_str());
            return print_json(&json!({ "id": id, "name": name, "scopes": wanted, "key": key.as_str() }));
        }
        anstream::eprintln!("A key for {name}, good for {}. It is shown this once:", scopes(&wanted));
        print(&format!("{}\n", key.as_str()))?;
        Ok(Exit::Done)
    }

    fn revoke(&self, of: &str) -> Outcome {
        let mut known = KeyFile::read(&self.keys)?;
        let key = known.revoke(of)?;
        known.write(&self.keys)?;
        if self.json {
            return print_json(&json!({ "revoked": { "id": key.id, "name": key.name } }));
        }
        print(&format!("{} ({}) is revoked\n", key.name, key.id))?;
        Ok(Exit::Done)
    }
}

fn scopes(scopes: &[Scope]) -> String {
    scopes.iter().map(|scope| scope.id()).collect::<Vec<_>>().join(", ")
}
