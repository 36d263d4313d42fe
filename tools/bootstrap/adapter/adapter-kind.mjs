/** @typedef {"hardware" | "lavapipe" | "swiftshader" | "software"} AdapterKind software: another one in software, such as WARP */

/**
 * What sort of adapter Dawn describes.
 *
 * @param {{ software: boolean, architecture: string, description: string }} info
 * @returns {AdapterKind}
 */
export function adapterKind(info) {
  if (/llvmpipe|lavapipe/i.test(info.description)) return "lavapipe"
  if (/swiftshader/i.test(`${info.architecture} ${info.description}`)) return "swiftshader"
  return info.software ? "software" : "hardware"
}
