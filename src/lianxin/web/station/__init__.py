"""Station keepers and grid workers."""
