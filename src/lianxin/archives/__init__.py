"""Earlier records (历史资料): what was done before the system, told year by year."""
