import type { JSX } from "preact"
import { SceneComposer } from "../scene/scene-composer.tsx"
import { dialog } from "../state/view.ts"
import { CameraDialog } from "./camera-dialog.tsx"
import { ModelDialog } from "./model-dialog.tsx"
import { SettingsDialog } from "./settings-dialog.tsx"

/** The dialog that is open, if any. */
export function Dialogs(): JSX.Element | null {
  switch (dialog.value) {
    case "settings":
      return <SettingsDialog />
    case "models":
      return <ModelDialog />
    case "camera":
      return <CameraDialog />
    case "scene":
      return <SceneComposer />
    case undefined:
      return null
  }
}
