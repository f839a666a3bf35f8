//! Stamps the program with the version of its analysis: a hash of everything that decides what is understood of a
//! page. A page that was analysed by another version is analysed again, and nobody has to remember to count up.

use std::fs;
use std::path::Path;

fn main() {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64; // FNV-1a: no security is asked of it.
    for room in ["src/text", "src/model", "src/parse", "src/annotate", "src/index"] {
        println!("cargo::rerun-if-changed={room}");
        visit(Path::new(room), &mut hash);
    }
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-env=ANALYSIS_OF_PAGES={hash:016x}");
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
