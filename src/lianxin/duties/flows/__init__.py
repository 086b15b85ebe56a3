"""约见 and 代表创优: asking to meet the head of an organ, and striving for an honour."""
