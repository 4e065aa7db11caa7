/**
 * The fields of request bodies whose values are secret, nested values included. A webhook URL often contains a key, and
 * test data may contain credentials.
 */
export const SECRET_FIELDS = ['credentials', 'webhook_secret', 'webhook_url', 'test_data'] as const
