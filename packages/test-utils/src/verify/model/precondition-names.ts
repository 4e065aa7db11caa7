/** What a case can be given. */
export type GivenName =
  | 'an integration'
  | 'a disabled integration'
  | 'an integration without credentials'
  | 'an integration of another platform'
  | 'a deleted integration'
  | 'two integrations of one name'
  | 'five integrations'
  | 'a ticket'
  | 'a full ticket'
  | 'a deleted ticket'
  | 'a ticket with that integration'
  | 'five tickets'
