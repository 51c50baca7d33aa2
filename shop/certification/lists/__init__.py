"""Published recognition lists as files: from bytes to rows, each fault with its line and column."""
