import { effect, signal } from "@preact/signals"
import type { Sampling } from "../api/sampling.ts"

export interface Settings extends Sampling {
  readonly theme: "system" | "light" | "dark"
}

export const defaultSettings: Settings = { temperature: 0, topP: 1, maxTokens: 512, seed: null, theme: "system" }

const place = "llava.settings"

/** The user's settings, kept in this browser. */
export const settings = signal<Settings>(readSettings())

effect(() => {
  document.documentElement.dataset["theme"] = settings.value.theme
  try {
    localStorage.setItem(place, JSON.stringify(settings.value))
  } catch {
    // A browser that keeps nothing still has them until the page is closed.
  }
})

function readSettings(): Settings {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(place) ?? "{}")
    if (typeof stored !== "object" || stored === null) return defaultSettings
    const known = Object.entries(stored).filter(([name, value]) => isUsable(name, value))
    return { ...defaultSettings, ...Object.fromEntries(known) }
  } catch {
    return defaultSettings
  }
}

/** Whether a stored value has the form that its setting has today. */
function isUsable(name: string, value: unknown): boolean {
  if (name === "theme") return value === "system" || value === "light" || value === "dark"
  if (name === "seed") return value === null || Number.isSafeInteger(value)
  return name in defaultSettings && typeof value === "number" && Number.isFinite(value)
}
