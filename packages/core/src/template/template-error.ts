import { LlavaError } from "../error/llava-error.ts"

/** A template that does not exist, does not parse, or cannot do what is asked of it. */
export class TemplateError extends LlavaError {}
