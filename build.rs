//! Stamps the program with the version of its analysis: a hash of everything that decides what is understood of a
//! page. A page that was analysed by another version is analysed again, and nobody has to remember to count up. And with
//! the version of all of it: an answer of another program may be another.

use std::fs;
use std::path::Path;

/// Of FNV-1a: no security is asked of it.
const BASIS: u64 = 0xcbf2_9ce4_8422_2325;

fn main() {
    let mut hash = BASIS;
    for room in ["src/text", "src/model", "src/parse", "src/annotate", "src/index"] {
        println!("cargo::rerun-if-changed={room}");
        visit(Path::new(room), &mut hash);
    }
    let mut all = BASIS;
    for file in ["src", "Cargo.lock"] {
        println!("cargo::rerun-if-changed={file}");
        visit(Path::new(file), &mut all);
    }
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-env=ANALYSIS_OF_PAGES={hash:016x}");
    println!("cargo::rustc-env=VERSION_OF_PROGRAM={all:016x}");
}

fn visit(path: &Path, hash: &mut u64) {
    let Ok(entries) = fs::read_dir(path) else {
        let content = fs::read(path).unwrap_or_default();
        for byte in path.to_string_lossy().replace('\\', "/").bytes().chain(content) {
            *hash = (*hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        return;
    };
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths.iter().for_each(|path| visit(path, hash));
}
