// Ambient enums exist only as types. A comparison with a known value removes them from a union, and the types of two copies of
// this package are compatible. `string & brand` has neither property.

/** A platform that this version does not have. `String(value)` gives its text. */
declare enum UnknownPlatform {
  value = 'a platform that this version does not have',
}
/** A category that this version does not have. */
declare enum UnknownCategory {
  value = 'a category that this version does not have',
}
/** An integration status that this version does not have. */
declare enum UnknownStatus {
  value = 'an integration status that this version does not have',
}
/** A value of a ticket (status, priority, category) that this version does not have. */
declare enum UnknownTicketValue {
  value = 'a value of a ticket that this version does not have',
}

// Exported as types, because the values do not exist at run time.
export type { UnknownCategory, UnknownPlatform, UnknownStatus, UnknownTicketValue }
