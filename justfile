# What CI runs.
check:
    bash .ci/run

# The sample corpus on http://127.0.0.1:7878
serve:
    cargo run --release -- serve --ingest corpus/

# The figures of docs/operating.md
bench:
    cargo bench
