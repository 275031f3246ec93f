"""When far more comes in than people can take: many deeds at once, answers written once, services shed, a forecast."""
