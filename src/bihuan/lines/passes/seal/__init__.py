"""The seal on a pass: what a QR code says, who signed it, and whether a checkpoint may believe it.

Pure: bytes, keys, the time and the revocations are arguments. docs/lines/pass-format.md tells the format to whoever
writes another scanner; ``static/passes/seal/`` is the same in the browser, and tests hold the two to one answer.
"""
