import { Parameter } from "./parameter.ts"

/**
 * A tree of parameters. Properties that hold parameters or modules are named as the Hugging Face tensors are
 * (`self_attn.q_proj.weight`), so that a checkpoint is loaded by path.
 */
export abstract class Module implements Disposable {
  /** Parameters with their paths, in the order of declaration; shared ones come up under every name. */
  *namedParameters(prefix = ""): Generator<[path: string, parameter: Parameter]> {
    for (const [name, value] of Object.entries(this)) {
      const path = prefix ? `${prefix}.${name}` : name
      if (value instanceof Parameter) yield [path, value]
      else if (value instanceof Module) yield* value.namedParameters(path)
      else if (Array.isArray(value)) {
        for (const [index, item] of value.entries()) {
          if (item instanceof Module) yield* item.namedParameters(`${path}.${index}`)
        }
      }
    }
  }

  /** Modules below this one with their paths, this one first (path ""). */
  *namedModules(prefix = ""): Generator<[path: string, module: Module]> {
    yield [prefix, this]
    for (const [name, value] of Object.entries(this)) {
      const path = prefix ? `${prefix}.${name}` : name
      if (value instanceof Module) yield* value.namedModules(path)
      else if (Array.isArray(value)) {
        for (const [index, item] of value.entries()) {
          if (item instanceof Module) yield* item.namedModules(`${path}.${index}`)
        }
      }
    }
  }

  /** Releases the weights. */
  [Symbol.dispose](): void {
    for (const [, parameter] of this.namedParameters()) parameter.dispose()
  }
}
