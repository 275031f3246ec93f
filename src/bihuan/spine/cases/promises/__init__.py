"""The promises of a Case: which service level it has, which minutes count, when each promise falls due."""
