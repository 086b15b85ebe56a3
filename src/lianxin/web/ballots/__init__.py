"""Pages: voting as such: electorate, paper count by two tellers, result. Knows no project."""
