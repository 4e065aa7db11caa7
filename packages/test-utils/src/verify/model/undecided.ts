/** A reply does not show whether the contract is kept, for a reason outside of the service. */
export class Undecided extends Error {}
