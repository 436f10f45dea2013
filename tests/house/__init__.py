"""House rules that no linter knows. Each can fail: a made-up fault shows it."""
