/** The nine thirds of a picture, in reading order. */
export const zones = [
  "top left",
  "top",
  "top right",
  "left",
  "center",
  "right",
  "bottom left",
  "bottom",
  "bottom right",
] as const

export type Zone = (typeof zones)[number]
