/** A reason not to go on that the user can do something about: shown as one sentence, without a stack trace. */
export class Refusal extends Error {}
