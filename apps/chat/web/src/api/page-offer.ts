/** What the server offers this page besides answers. A server of another make offers none of it. */
export interface PageOffer {
  /** Pictures to begin with, each with a question that suits it. */
  readonly samples: readonly SamplePicture[]
  /** Whether scenes can be composed. */
  readonly scenes: boolean
  /** Whether it can show what models look at. */
  readonly attention: boolean
  /** Models that can be opened by name; empty where the server keeps to its own. */
  readonly openable: readonly OpenableModel[]
}

export interface SamplePicture {
  readonly name: string
  /** What it shows, for those who cannot see it. */
  readonly description: string
  readonly url: string
  readonly question: string
}

export interface OpenableModel {
  readonly name: string
  readonly description: string
  /** Bytes to download the first time. */
  readonly bytes: number
}
