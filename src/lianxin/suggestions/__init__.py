"""代表建议: drafting, co-signing, review, handling, evaluation, promises."""
