"""kbkit."""
