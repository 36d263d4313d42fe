import type { JSX } from "preact"
import { useId, useState } from "preact/hooks"

export interface NumberFieldProps {
  label: string
  hint: string
  value: number | null
  range: { minimum: number; maximum: number; step: number }
  /** Gets numbers within the range, and undefined for an empty field. */
  onChange: (value: number | undefined) => void
}

/** A number; what is outside of its range is not taken, and the field says why. */
export function NumberField({ label, hint, value, range, onChange }: NumberFieldProps): JSX.Element {
  const id = useId()
  const [problem, setProblem] = useState("")
  const { minimum, maximum, step } = range
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="number"
        min={minimum}
        max={maximum}
        step={step}
        value={value ?? ""}
        aria-describedby={`${id}-hint`}
        aria-invalid={problem !== ""}
        onInput={(event) => {
          const { value, valueAsNumber, validity } = event.currentTarget
          const outside = validity.badInput || validity.rangeUnderflow || validity.rangeOverflow
          const fraction = step === 1 && !Number.isInteger(valueAsNumber) && value !== ""
          setProblem(outside || fraction ? `From ${minimum} to ${maximum}${step === 1 ? ", whole" : ""}.` : "")
          if (!outside && !fraction) onChange(value === "" ? undefined : valueAsNumber)
        }}
      />
      <small id={`${id}-hint`}>{problem || hint}</small>
    </div>
  )
}
