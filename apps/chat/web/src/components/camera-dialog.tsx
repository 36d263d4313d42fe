import type { JSX } from "preact"
import { useEffect, useRef, useState } from "preact/hooks"
import { attachPicture } from "../state/draft.ts"
import { closeDialog } from "../state/view.ts"
import { Dialog } from "./dialog.tsx"

/** The camera's view, and a button that takes the picture. */
export function CameraDialog(): JSX.Element {
  const video = useRef<HTMLVideoElement>(null)
  const [problem, setProblem] = useState<string>()
  const [ready, setReady] = useState(false)
  useEffect(() => {
    const opened = navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" }, audio: false })
    opened.then(
      (stream) => {
        if (video.current) video.current.srcObject = stream
      },
      (error: unknown) => setProblem(describe(error)),
    )
    return () => {
      void opened.then(stopTracks, () => undefined)
    }
  }, [])
  const take = () => {
    const view = video.current!
    const canvas = document.createElement("canvas")
    canvas.width = view.videoWidth
    canvas.height = view.videoHeight
    canvas.getContext("2d")!.drawImage(view, 0, 0)
    canvas.toBlob((blob) => blob && void attachPicture(blob, "photograph"), "image/jpeg", 0.92)
    closeDialog()
  }
  return (
    <Dialog title="Take a photograph">
      {problem ? (
        <p class="problem" role="alert">
          {problem}
        </p>
      ) : (
        <video
          ref={video}
          autoplay
          muted
          playsInline
          aria-label="The camera's view"
          onLoadedData={() => setReady(true)}
        />
      )}
      <button type="button" class="primary" disabled={!ready} onClick={take}>
        Take the picture
      </button>
    </Dialog>
  )
}

function stopTracks(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop()
}

function describe(error: unknown): string {
  const name = error instanceof DOMException ? error.name : ""
  if (name === "NotAllowedError") {
    return "The page may not use the camera. Allow it in the browser's address bar, or choose a file."
  }
  if (name === "NotFoundError") return "There is no camera. Choose a file in its place."
  return "The camera cannot be opened. Close other programs that use it, or choose a file."
}
