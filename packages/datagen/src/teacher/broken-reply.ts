/** A reply that began and did not end as it should; what arrived counts as used. */
export class BrokenReply extends Error {
  readonly received: string

  constructor(message: string, received: string, options?: ErrorOptions) {
    super(message, options)
    this.received = received
  }
}
