import { signal } from "@preact/signals"

type DialogName = "settings" | "models" | "camera" | "scene"

/** The dialog that is open. */
export const dialog = signal<DialogName | undefined>(undefined)
/** On narrow screens: whether the list of conversations is shown. */
export const sidebarOpen = signal(false)

export function openDialog(name: DialogName): void {
  dialog.value = name
}

export function closeDialog(): void {
  dialog.value = undefined
}
