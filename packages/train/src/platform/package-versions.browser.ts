/** Browsers keep no checkpoints that would state them. */
export const packageVersions = (): Record<string, string> => ({})
