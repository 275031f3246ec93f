// Why a text is no pass; the words are those of seal/reasons.py.
export class Unreadable extends Error {
  constructor(reason) {
    super(reason);
    this.reason = reason;
  }
}
