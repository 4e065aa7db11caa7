// Ambient enums are erased: no value of these types is ever made. Unlike `string & brand`, they
// disappear when a value is compared with a known one, and two copies of this package agree on them.

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

// Type-only, so that nobody imports them as values.
export type { UnknownCategory, UnknownPlatform, UnknownStatus, UnknownTicketValue }
