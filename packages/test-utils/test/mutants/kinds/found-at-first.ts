/** The mutants of these kinds that were found when they were frozen, before cases were written for the kinds. */
export const FOUND_AT_FIRST: readonly string[] = [
  'tags-filter-first',
  'department-filter-part',
  'search-in-titles',
  'supports-category-ignored',
  'total-of-every-organization',
  'active-of-every-organization',
  'read-by-others-deletes',
  'description-without-emoji',
  'delete-takes-files',
  'added-files-not-stored',
  'notification-channels-not-stored',
  'credentials-time-of-nothing',
  'id-in-capitals-unknown',
  'custom-fields-null-is-empty',
  'description-null-is-empty',
]
