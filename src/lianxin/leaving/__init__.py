"""离任移交: what somebody who leaves has in hand, and who takes it over."""
