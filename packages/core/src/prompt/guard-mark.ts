/**
 * Put inside a name that stands in text as mere words. Unicode reserves this code point for use within programs:
 * text that is exchanged must not hold it, and what holds it loses it.
 */
export const GUARD_MARK = "\uFDD0"
