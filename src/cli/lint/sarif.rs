//! Findings as SARIF 2.1.0 (OASIS, "Static Analysis Results Interchange Format"), in the parts that code scanning reads.

use super::others;
use crate::lint::{Finding, LintReport, Rule, Severity, rules};
use serde_json::{Value, json};
use std::path::{Component, Path};

/// The log of one run. Files are named from the working directory.
pub(super) fn log(report: &LintReport, here: &Path) -> Value {
    let here = here.canonicalize().unwrap_or_else(|_| here.to_owned());
    let results: Vec<Value> = report.findings.iter().map(|finding| result(finding, &here)).collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "rolecall",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules().iter().map(descriptor).collect::<Vec<_>>(),
            } },
            "invocations": [{ "executionSuccessful": true }],
            "results": results,
        }],
    })
}

fn descriptor(rule: &Rule) -> Value {
    json!({
        "id": rule.id,
        "name": name(rule.id),
        "shortDescription": { "text": rule.summary },
        "fullDescription": { "text": format!("{}. {}", rule.summary, rule.advice) },
        "help": { "text": rule.advice },
        "defaultConfiguration": { "level": rule.severity.name() },
        "properties": { "tags": ["career-pages"], "problem.severity": problem(rule.severity) },
    })
}

fn result(finding: &Finding, here: &Path) -> Value {
    let index = rules().iter().position(|rule| rule.id == finding.rule.id);
    let uri = uri(&finding.file, here);
    // The line may move; what was found stays the same.
    let print = blake3::hash(format!("{}\0{uri}\0{}", finding.rule.id, finding.message).as_bytes());
    json!({
        "ruleId": finding.rule.id,
        "ruleIndex": index,
        "level": finding.rule.severity.name(),
        "message": { "text": sentence(&finding.message) + &others(finding) },
        "locations": [{ "physicalLocation": {
            "artifactLocation": { "uri": uri, "uriBaseId": "%SRCROOT%" },
            "region": { "startLine": finding.line },
        } }],
        "partialFingerprints": { "rolecall/v1": print.to_hex()[..32].to_owned() },
        "properties": { "precision": finding.precision },
    })
}

/// With a capital letter, as a sentence begins.
fn sentence(message: &str) -> String {
    let mut chars = message.chars();
    chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect()
}

/// `broken-link` as `BrokenLink`: a name for people, as SARIF has it.
fn name(id: &str) -> String {
    id.split('-').map(|word| word[..1].to_uppercase() + &word[1..]).collect()
}

/// What code scanning calls a note.
fn problem(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "recommendation",
        other => other.name(),
    }
}

/// A relative reference to a file from the working directory (RFC 3986).
fn uri(file: &str, here: &Path) -> String {
    let path = Path::new(file);
    let mut parts: Vec<String> = Vec::new();
    let inner = if path.is_absolute() {
        let common = path.components().zip(here.components()).take_while(|(a, b)| a == b).count();
        parts.extend(here.components().skip(common).map(|_| "..".to_owned()));
        path.components().skip(common).collect::<Vec<_>>()
    } else {
        path.components().collect()
    };
    let names = inner.into_iter().filter_map(|part| match part {
        Component::Normal(name) => Some(encoded(&name.to_string_lossy())),
        Component::ParentDir => Some("..".to_owned()),
        _ => None,
    });
    parts.extend(names);
    parts.join("/")
}

/// A name in a path of an address.
fn encoded(name: &str) -> String {
    let mut encoded = String::with_capacity(name.len());
    for byte in name.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'.' | b'_' | b'~' | b'-' => {
                encoded.push(char::from(byte))
            }
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_named_from_the_working_directory() {
        let here = Path::new("/a/b");
        assert_eq!(uri("pages/c d#1.html", here), "pages/c%20d%231.html");
        assert_eq!(uri("/a/c/é.html", here), "../c/%C3%A9.html");
        assert_eq!(uri("/a/b/c.html", here), "c.html");
        assert_eq!(name("broken-link"), "BrokenLink");
    }
}
