"""Doors of the trial by machine that know nobody: the public board, and the machines in the hall."""
