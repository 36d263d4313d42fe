import type { JSX } from "preact"
import { Icon, type IconName } from "./icon.tsx"

export interface IconButtonProps {
  icon: IconName
  label: string
  onClick: () => void
  disabled?: boolean
  pressed?: boolean
  expanded?: boolean
  /** Shown beside the icon where there is room. */
  text?: string
  class?: string
}

/** A button whose name is read out, and shown while the pointer rests on it. */
export function IconButton({ icon, label, text, onClick, ...states }: IconButtonProps): JSX.Element {
  return (
    <button
      type="button"
      class={`icon-button ${states.class ?? ""}`}
      title={label}
      aria-label={label}
      aria-pressed={states.pressed}
      aria-expanded={states.expanded}
      disabled={states.disabled}
      onClick={onClick}
    >
      <Icon name={icon} />
      {text && <span>{text}</span>}
    </button>
  )
}
