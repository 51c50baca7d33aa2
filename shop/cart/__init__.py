"""What a visitor means to buy, before and after she signs in."""
