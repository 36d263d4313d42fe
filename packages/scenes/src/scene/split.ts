/**
 * Scenes of `train`, `validation` and `test` show the combinations of kind and setting that are not held out; every
 * scene of `unseen` shows at least one that is.
 */
export type Split = "train" | "validation" | "test" | "unseen"

export const splits: readonly Split[] = ["train", "validation", "test", "unseen"]
