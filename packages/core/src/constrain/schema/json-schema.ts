/** A JSON Schema (draft 2020-12, and what earlier drafts write the same way). */
export type JsonSchema = boolean | { readonly [keyword: string]: unknown }
