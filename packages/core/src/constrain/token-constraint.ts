/** Says which tokens an answer may have next. Each answer needs one of its own. */
export interface TokenConstraint {
  /** One for every id that may come next, zero for the others. Not to be changed; it holds until the next `push`. */
  allowed(): Uint8Array
  /** Whether any id may come next. */
  readonly mayGoOn: boolean
  /** Whether the answer may end here. */
  readonly mayEnd: boolean
  /** Takes the token that was chosen. Errors: ConstraintError "token-not-allowed". */
  push(tokenId: number): void
}
