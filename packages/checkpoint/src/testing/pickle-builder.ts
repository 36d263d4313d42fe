/** Writes pickles by hand, opcode by opcode: strings are text, numbers single bytes. */
export function pickle(...parts: (string | number | Uint8Array)[]): Uint8Array {
  const bytes: number[] = []
  for (const part of parts) {
    if (typeof part === "number") bytes.push(part)
    else for (const byte of typeof part === "string" ? new TextEncoder().encode(part) : part) bytes.push(byte)
  }
  return Uint8Array.from(bytes)
}

/** SHORT_BINUNICODE. */
export function shortText(text: string): Uint8Array {
  const bytes = new TextEncoder().encode(text)
  return pickle(0x8c, bytes.length, bytes)
}

/** An uncompressed zip archive of these entries, as `torch.save` would lay it out, without checksums. */
export function storedZip(entries: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const files: Uint8Array[] = []
  const directory: Uint8Array[] = []
  let offset = 0
  for (const [name, data] of Object.entries(entries)) {
    const nameBytes = new TextEncoder().encode(name)
    const local = record(30, [
      [0, 0x04034b50],
      [18, data.length],
      [22, data.length],
      [26, nameBytes.length, 2],
    ])
    const central = record(46, [
      [0, 0x02014b50],
      [20, data.length],
      [24, data.length],
      [28, nameBytes.length, 2],
      [42, offset],
    ])
    files.push(local, nameBytes, data)
    directory.push(central, nameBytes)
    offset += local.length + nameBytes.length + data.length
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0)
  const count = directory.length / 2
  const end = record(22, [
    [0, 0x06054b50],
    [8, count, 2],
    [10, count, 2],
    [12, size],
    [16, offset],
  ])
  return pickle(...files, ...directory, end)
}

function record(length: number, fields: readonly (readonly [at: number, value: number, bytes?: number])[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(length))
  for (const [at, value, bytes] of fields)
    bytes === 2 ? view.setUint16(at, value, true) : view.setUint32(at, value, true)
  return new Uint8Array(view.buffer)
}
