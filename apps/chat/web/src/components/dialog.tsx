import type { ComponentChildren, JSX } from "preact"
import { useEffect, useRef } from "preact/hooks"
import { closeDialog } from "../state/view.ts"
import { IconButton } from "./icon-button.tsx"

/** A dialog over the page. The browser keeps the focus in it, closes it on Escape, and gives the focus back. */
export function Dialog({
  title,
  wide,
  children,
}: {
  title: string
  wide?: boolean
  children: ComponentChildren
}): JSX.Element {
  const element = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const opener = document.activeElement
    element.current!.showModal()
    return () => {
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus()
    }
  }, [])
  return (
    <dialog ref={element} class={wide ? "wide" : ""} aria-labelledby="dialog-title" onClose={closeDialog}>
      <header>
        <h2 id="dialog-title">{title}</h2>
        <IconButton icon="close" label="Close" onClick={closeDialog} />
      </header>
      {children}
    </dialog>
  )
}
