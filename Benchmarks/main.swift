print("fts-bench")
