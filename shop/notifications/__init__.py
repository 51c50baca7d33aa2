"""What a person is told: the inbox of the floor and the mails that follow from it."""
