"""Pictures that people send with their words: kept at once, or fetched from the carrier beside the worker's rounds."""
