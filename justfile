# What CI runs.
check:
    bash .ci/run

# The sample corpus on http://127.0.0.1:7878
serve:
    cargo run --release -- serve --ingest corpus/

# The figures of docs/operating.md
bench:
    cargo bench

# The figures of docs/benchmarks.md: rolecall beside what people would use instead, in 90 minutes at most
bench-peers *arguments:
    benches/peers/run {{arguments}}
