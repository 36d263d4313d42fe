import { effect, signal } from "@preact/signals"

const place = "llava.apiKey"

/** The key of a server that wants one; kept until the tab is closed. */
export const apiKey = signal(sessionStorage.getItem(place) ?? "")

effect(() => sessionStorage.setItem(place, apiKey.value))
