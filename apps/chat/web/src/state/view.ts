import { signal } from "@preact/signals"

/** The dialog that is open. */
export const dialog = signal<"settings" | "models" | "camera" | "scene" | undefined>(undefined)
/** On narrow screens: whether the list of conversations is shown. */
export const sidebarOpen = signal(false)
