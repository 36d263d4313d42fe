import { LlavaError } from "../error/llava-error.ts"

/** A schema that answers cannot be held to, or a token that a constraint does not allow. */
export class ConstraintError extends LlavaError {}
