/** The preconditions that a case can have. */
export type PreconditionName =
  | 'an integration'
  | 'a disabled integration'
  | 'an integration without credentials'
  | 'an integration of another platform'
  | 'a deleted integration'
  | 'two integrations with the same name'
  | 'five integrations'
  | 'a ticket'
  | 'a full ticket'
  | 'a deleted ticket'
  | 'a ticket with that integration'
  | 'five tickets'
