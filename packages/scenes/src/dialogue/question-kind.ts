/** Kinds that the compact form has, too. */
export const compactQuestionKinds = [
  "what",
  "where",
  "at",
  "yes-no",
  "count",
  "count-all",
  "relation",
  "relation-yes-no",
  "setting",
] as const

export const questionKinds = [
  ...compactQuestionKinds,
  "unknown",
  "side",
  "others",
  "describe",
  "detail",
  "yes-no-at",
  "setting-yes-no",
  "size",
  "size-yes-no",
  "colour",
  "colour-yes-no",
  "category",
  "reasoning",
  "talk",
  "outside",
] as const

export type QuestionKind = (typeof questionKinds)[number]
