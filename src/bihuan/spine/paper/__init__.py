"""What the city does on paper while the network is away, and how it comes back: numbers, forms, lists."""
