"""Ways of carrying words out, one file each."""
