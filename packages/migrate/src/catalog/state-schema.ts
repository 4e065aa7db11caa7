/** Where the migration keeps its progress and what the way back needs. It is dropped when everything is undone. */
export const STATE_SCHEMA = 'ai_ticket_creator_migration'
