import { signal } from "@preact/signals"

/** The question that is being edited in its place. */
export const editing = signal<string | undefined>(undefined)
