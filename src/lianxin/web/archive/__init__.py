"""Pages: earlier records, told year by year, and the way in from a sheet."""
