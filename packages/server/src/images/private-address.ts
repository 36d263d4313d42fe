/** An address that is not of the public internet, or that cannot be shown to be. */
export class PrivateAddress extends Error {
  constructor() {
    super("it is not an address of the public internet")
  }
}
