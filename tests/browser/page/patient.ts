/** How long a test waits for the page: as long as Playwright does, since others may be at work on the machine. */
export const patient = { timeout: 30_000 }
