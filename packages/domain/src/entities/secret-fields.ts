/**
 * The fields of request bodies whose values are secret, with all that is in them. A webhook's address often holds a key,
 * and data for a test may be credentials.
 */
export const SECRET_FIELDS = ['credentials', 'webhook_secret', 'webhook_url', 'test_data'] as const
