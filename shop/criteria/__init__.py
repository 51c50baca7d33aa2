"""The score sheets of the programme as versioned data, and what an answer to them is worth."""
