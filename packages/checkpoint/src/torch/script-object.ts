/** An object of a compiled (TorchScript) module: its class name and its attributes, nothing that runs. */
export class ScriptObject {
  readonly type: string
  state: unknown

  constructor(type: string) {
    this.type = type
  }
}
