/** In a browser there are no packages; give the address of a model instead. */
export function nanoFolder(): string | undefined {
  return undefined
}
