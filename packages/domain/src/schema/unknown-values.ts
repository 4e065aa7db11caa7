// Ambient enums are erased: no value of these types is ever made. Unlike `string & brand` they
// disappear when a value is compared with a known word, and two copies of this package agree on them.

/** A platform word that this version does not know. It keeps its text; `String(word)` reads it. */
declare enum UnknownPlatform {
  word = 'a platform that this version does not know',
}
/** A category word that this version does not know. */
declare enum UnknownCategory {
  word = 'a category that this version does not know',
}
/** An integration status that this version does not know. */
declare enum UnknownStatus {
  word = 'an integration status that this version does not know',
}
/** A ticket word (status, priority, category) that this version does not know. */
declare enum UnknownTicketWord {
  word = 'a ticket word that this version does not know',
}

// Type-only, so that nobody imports them as values.
export type { UnknownCategory, UnknownPlatform, UnknownStatus, UnknownTicketWord }
