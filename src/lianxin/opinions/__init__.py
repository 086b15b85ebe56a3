"""社情民意: intake, sorting, merging, answering, feedback."""
