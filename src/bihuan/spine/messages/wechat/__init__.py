"""What WeChat sends to an official account: its signature, its encryption, its messages."""
