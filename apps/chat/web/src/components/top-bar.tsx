import type { JSX } from "preact"
import { current } from "../state/chat.ts"
import { model } from "../state/models.ts"
import { openDialog, sidebarOpen } from "../state/view.ts"
import { Icon } from "./icon.tsx"
import { IconButton } from "./icon-button.tsx"

export function TopBar(): JSX.Element {
  return (
    <header class="top-bar">
      <IconButton
        class="narrow-only"
        icon="menu"
        label="Conversations"
        expanded={sidebarOpen.value}
        onClick={() => {
          sidebarOpen.value = !sidebarOpen.value
        }}
      />
      <h1>{current.value.title || "New conversation"}</h1>
      <button type="button" class="model" aria-haspopup="dialog" onClick={() => openDialog("models")}>
        <span class="unseen">Model: </span>
        <span class="model-name">{model.value ?? "no model"}</span>
        <Icon name="next" />
      </button>
      <IconButton icon="settings" label="Settings" onClick={() => openDialog("settings")} />
    </header>
  )
}
