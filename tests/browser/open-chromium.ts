import { type Browser, chromium } from "playwright-core"
import { findChromium } from "./find-chromium.ts"

/**
 * The installed Chromium without a window, its WebGPU on SwiftShader, the one software adapter that Chromium accepts
 * (lavapipe it passes over); `flags` are further ones of its command line. The browser is the caller's to close:
 * `await using browser = await openChromium()`.
 */
export async function openChromium(flags: readonly string[] = []): Promise<Browser> {
  const executablePath = findChromium()
  if (executablePath === undefined) throw new Error("No Chromium is installed; needsChromium would skip this test.")
  // What points Node to a Vulkan driver would keep Chromium from its own.
  const { VK_DRIVER_FILES: _, VK_ICD_FILENAMES: __, LD_LIBRARY_PATH: ___, ...env } = process.env
  return chromium.launch({
    executablePath,
    env,
    // As root, and in many containers, Chromium refuses to start with one. The pages are our own.
    chromiumSandbox: false,
    args: ["--enable-unsafe-webgpu", "--use-webgpu-adapter=swiftshader", ...flags],
  })
}
