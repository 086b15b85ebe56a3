"""离任移交: the desk that leads it, and those who take over."""
