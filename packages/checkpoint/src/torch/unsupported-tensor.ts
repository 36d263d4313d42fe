/** A tensor of a kind this package does not read; it matters only to who asks for it. */
export class UnsupportedTensor {
  readonly kind: string

  constructor(kind: string) {
    this.kind = kind
  }
}
