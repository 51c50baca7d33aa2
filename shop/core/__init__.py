"""What is true without HTTP: database, money, clock, words, audit, outbox, files."""
