/** In a browser there are no packages: models are named by their address. */
export function nanoFolder(): string | undefined {
  return undefined
}
