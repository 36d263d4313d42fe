import type { JSX } from "preact"

/** Strokes on a field of 24 by 24. */
const drawings = {
  add: "M12 5v14M5 12h14",
  attention: "M2 12s4-7 10-7 10 7 10 7-4 7-10 7S2 12 2 12zM12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6z",
  camera: "M4 8h3l2-3h6l2 3h3v11H4zM12 10a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7z",
  check: "M5 13l4 4L19 7",
  close: "M6 6l12 12M18 6L6 18",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  delete: "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13",
  download: "M12 4v11M7 11l5 5 5-5M5 20h14",
  edit: "M4 20l1-4L16 5l3 3L8 19z",
  facts: "M5 20V11M12 20V4M19 20v-6",
  flip: "M12 3v18M8 7l-5 10h5M16 7l5 10h-5",
  menu: "M4 7h16M4 12h16M4 17h16",
  next: "M9 5l7 7-7 7",
  picture: "M4 5h16v14H4zM8.5 8.5v.01M5 18l5-6 4 4 2-2 3 4",
  previous: "M15 5l-7 7 7 7",
  scene: "M3 19h18M6 19v-5M6 5a4 4 0 0 0-2 9h4a4 4 0 0 0-2-9zM16 19v-6M16 8l4 6h-8z",
  send: "M12 20V5M6 11l6-6 6 6",
  settings: "M4 7h9M17 7h3M4 17h3M11 17h9M15 5v4M9 15v4",
  stop: "M7 7h10v10H7z",
  upload: "M12 16V5M7 9l5-5 5 5M5 20h14",
  again: "M20 12a8 8 0 1 1-3-6.2M20 3v5h-5",
} as const

export type IconName = keyof typeof drawings

export function Icon({ name }: { name: IconName }): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={drawings[name]} />
    </svg>
  )
}
