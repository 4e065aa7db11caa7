/** A reply does not show whether the backend follows the contract, for a reason outside of the backend. */
export class UndecidedError extends Error {}
