"""大会会议: its pages."""
