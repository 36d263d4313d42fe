/** One of the few functions a pickle may call; it runs our code, never code of the file. */
export class PickleFunction {
  readonly name: string
  readonly call: (args: readonly unknown[]) => unknown

  constructor(name: string, call: (args: readonly unknown[]) => unknown) {
    this.name = name
    this.call = call
  }
}
