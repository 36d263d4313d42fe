import type { JSX } from "preact"
import { useId } from "preact/hooks"
import { apiKey } from "../api/api-key.ts"
import { askServer } from "../state/models.ts"
import { notice } from "../state/notices.ts"
import { defaultSettings, type Settings, settings } from "../state/settings.ts"
import { Dialog } from "./dialog.tsx"
import { NumberField } from "./number-field.tsx"

const numbers = [
  {
    name: "temperature",
    label: "Temperature",
    hint: "0 takes the likeliest word each time; 1 draws freely.",
    range: { minimum: 0, maximum: 2, step: 0.1 },
  },
  {
    name: "topP",
    label: "Top-p",
    hint: "Draws only from the likeliest words that reach this together.",
    range: { minimum: 0.05, maximum: 1, step: 0.05 },
  },
  {
    name: "maxTokens",
    label: "Longest answer",
    hint: "In tokens; a token is about three quarters of a word.",
    range: { minimum: 1, maximum: 32768, step: 1 },
  },
  {
    name: "seed",
    label: "Seed",
    hint: "The same number draws the same answer again; empty draws anew.",
    range: { minimum: 0, maximum: Number.MAX_SAFE_INTEGER, step: 1 },
  },
] as const

export function SettingsDialog(): JSX.Element {
  const id = useId()
  const { theme } = settings.value
  const change = (part: Partial<Settings>) => {
    settings.value = { ...settings.value, ...part }
  }
  return (
    <Dialog title="Settings">
      <div class="fields">
        {numbers.map(({ name, ...field }) => (
          <NumberField
            key={name}
            {...field}
            value={settings.value[name]}
            onChange={(value) => change({ [name]: value ?? defaultSettings[name] })}
          />
        ))}
        <div class="field">
          <label for={id}>Colours</label>
          <select
            id={id}
            value={theme}
            onChange={(event) => change({ theme: event.currentTarget.value as Settings["theme"] })}
          >
            <option value="system">as the system</option>
            <option value="light">light</option>
            <option value="dark">dark</option>
          </select>
        </div>
        <label class="field">
          <span>Server key</span>
          <input
            type="password"
            autocomplete="off"
            value={apiKey.value}
            onInput={(event) => {
              apiKey.value = event.currentTarget.value
            }}
            onChange={() => {
              notice.value = undefined
              void askServer()
            }}
          />
          <small>Only where the server was started with --api-key. Forgotten when the tab is closed.</small>
        </label>
        <button
          type="button"
          onClick={() => {
            settings.value = { ...defaultSettings, theme }
          }}
        >
          Back to the defaults
        </button>
      </div>
      <p class="remark">
        Enter asks, Shift+Enter begins a line, Escape stops an answer, arrow up edits the last question, Alt+N begins a
        conversation.
      </p>
    </Dialog>
  )
}
