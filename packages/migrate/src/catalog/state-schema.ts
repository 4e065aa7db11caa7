/** The schema for the progress of the migration and for what an undo needs. It is dropped when every step is undone. */
export const STATE_SCHEMA = 'ai_ticket_creator_migration'
