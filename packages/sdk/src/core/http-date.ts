// RFC 9110, 5.6.7: the preferred form and the two obsolete ones. All of them are UTC.
const FORMS = [
  /^[a-z]{3}, (?<day>\d{2}) (?<month>[a-z]{3}) (?<year>\d{4}) (?<time>\d{2}:\d{2}:\d{2}) (?:GMT|UTC)$/i,
  /^[a-z]{6,9}, (?<day>\d{2})-(?<month>[a-z]{3})-(?<year>\d{2}) (?<time>\d{2}:\d{2}:\d{2}) (?:GMT|UTC)$/i,
  /^[a-z]{3} (?<month>[a-z]{3}) (?<day>[ \d]\d) (?<time>\d{2}:\d{2}:\d{2}) (?<year>\d{4})$/i,
]

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/**
 * Milliseconds since 1970 of a date in a header; undefined for any other text. `Date.parse` reads the form without a zone as
 * local time, and finds dates in texts that contain none.
 */
export function parseHttpDate(text: string): number | undefined {
  const trimmed = text.trim()
  const groups = FORMS.map((form) => form.exec(trimmed)?.groups).find((found) => found !== undefined)
  if (groups === undefined) return undefined

  const { day = '', month = '', year = '', time = '' } = groups
  const number = MONTHS.indexOf(month.toLowerCase()) + 1
  const iso = `${fullYear(year)}-${String(number).padStart(2, '0')}-${day.trim().padStart(2, '0')}T${time}Z`
  const milliseconds = Date.parse(iso)
  return Number.isNaN(milliseconds) ? undefined : milliseconds
}

// Years of two digits are read in a fixed window instead of one around today, so that a text always means the same date.
const fullYear = (year: string): string => (year.length === 4 ? year : `${Number(year) < 70 ? 20 : 19}${year}`)
