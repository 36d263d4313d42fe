/** A token and the natural logarithm of its probability. */
export interface TokenLogProbability {
  tokenId: number
  logProbability: number
}

/** The token that was chosen, and those that were likeliest in its place, from the likeliest down. */
export interface ChosenLogProbability extends TokenLogProbability {
  likeliest: TokenLogProbability[]
}
