"""大会会议: a congress's sessions (次会议), until when each takes suggestions, and which deputies came."""
