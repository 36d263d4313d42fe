/**
 * The regular files of a tar archive (ustar; long names by prefix, as npm writes them).
 *
 * @param {Buffer} archive
 * @returns {Map<string, Buffer>}
 */
export function readTar(archive) {
  /** @type {Map<string, Buffer>} */
  const files = new Map()
  const text = (/** @type {number} */ start, /** @type {number} */ length) => {
    const field = archive.subarray(start, start + length)
    const end = field.indexOf(0)
    return field.subarray(0, end === -1 ? length : end).toString("utf8")
  }
  for (let at = 0; at + 512 <= archive.length && archive[at] !== 0; ) {
    const name = text(at, 100)
    const size = Number.parseInt(text(at + 124, 12).trim(), 8)
    const type = text(at + 156, 1)
    const prefix = text(at + 257, 5) === "ustar" ? text(at + 345, 155) : ""
    const start = at + 512
    if (!Number.isSafeInteger(size) || start + size > archive.length)
      throw new Error(`tar archive is cut off at "${name}"`)
    if (type === "0" || type === "")
      files.set(prefix ? `${prefix}/${name}` : name, archive.subarray(start, start + size))
    at = start + Math.ceil(size / 512) * 512
  }
  return files
}
