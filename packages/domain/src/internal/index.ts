// Plumbing that the packages of this project share. Not for consumers: see README.md in this folder.

// Facts of the contract that only our own packages need

export { isWithin, type Lifetime } from '../contract/availability.ts'
export { capabilitiesOf } from '../contract/capabilities.ts'
export { CLEARED_BY_PUT } from '../contract/cleared-by-put.ts'
export { compiledEndpoint, fieldNames } from '../contract/compiled-contract.ts'
export { fillPath, paramNames } from '../contract/endpoint.ts'
export { hasEtag } from '../contract/etag.ts'
export { entitiesIn, entityType, mapEntities } from '../contract/reply-entities.ts'
export { REQUEST_DEFAULTS } from '../contract/request-defaults.ts'
export { entityClasses } from '../entities/compiled-classes.ts'
export { NEW_INTEGRATION, NEW_TICKET } from '../entities/defaults.ts'
export { SECRET_FIELDS } from '../entities/secret-fields.ts'

// Generations

export { changesAccepting } from '../versioning/changes/index.ts'
export { crossEndpointAliases } from '../versioning/cross-endpoint-aliases.ts'
export { detectDocumentGeneration, detectReplyGeneration } from '../versioning/detect-generation.ts'
export { type RetiredName, retiredNamesOf } from '../versioning/retired-names.ts'
export { wireSchema } from '../versioning/schema-for-generation.ts'

// Requests and names

export { checkUsable } from '../catalog/resolve-integration-name.ts'
export { checkSchema } from '../schema/check-schema.ts'
export { fieldsOf, freeFieldsOf } from '../schema/schema.ts'
export { parseCurrentBody, parseCurrentQuery } from '../validation/parse-current.ts'
export { encodeQuery } from '../validation/query-string.ts'
export { fieldIssuesFirst, retiredField } from '../validation/request-issues.ts'

// JSON and texts

export { isRawJson, isRounded, parseExactJson } from '../schema/exact-json.ts'
export { isJsonObject, sameJson } from '../schema/json.ts'
export { bearerToken } from '../text/bearer-token.ts'
export { callSiteIn, placesIn, toPlace } from '../text/call-site.ts'
export { createRedactor, type RedactOptions, type Redactor } from '../text/redact.ts'
export { parseTimestamp } from '../text/timestamp.ts'
export { isUuid } from '../text/uuid.ts'
