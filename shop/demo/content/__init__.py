"""What the demo floor is made of: invented stalls, goods, people and words, the same per seed."""
