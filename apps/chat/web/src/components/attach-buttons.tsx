import type { JSX } from "preact"
import { useRef } from "preact/hooks"
import { attachFiles } from "../state/draft.ts"
import { offer } from "../state/models.ts"
import { openDialog } from "../state/view.ts"
import { IconButton } from "./icon-button.tsx"

/** Pictures from a file, from the camera, or composed of emoji. */
export function AttachButtons(): JSX.Element {
  const files = useRef<HTMLInputElement>(null)
  const photograph = useRef<HTMLInputElement>(null)
  const chosen = (event: { currentTarget: HTMLInputElement }) => {
    const picked = [...(event.currentTarget.files ?? [])]
    event.currentTarget.value = ""
    void attachFiles(picked)
  }
  const openCamera = () => {
    // Cameras in a page need a secure context; elsewhere a phone's own camera app takes the picture.
    if (navigator.mediaDevices) openDialog("camera")
    else photograph.current?.click()
  }
  return (
    <div class="attach">
      <IconButton icon="picture" label="Add pictures" onClick={() => files.current?.click()} />
      <IconButton icon="camera" label="Take a photograph" onClick={openCamera} />
      {offer.value.scenes && <IconButton icon="scene" label="Compose a scene" onClick={() => openDialog("scene")} />}
      <input ref={files} type="file" hidden multiple accept="image/*" aria-label="Pictures" onChange={chosen} />
      <input
        ref={photograph}
        type="file"
        hidden
        accept="image/*"
        capture="environment"
        aria-label="Photograph"
        onChange={chosen}
      />
    </div>
  )
}
