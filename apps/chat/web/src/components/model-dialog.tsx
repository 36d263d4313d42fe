import type { JSX } from "preact"
import { useState } from "preact/hooks"
import { chosenModel, model, models, offer } from "../state/models.ts"
import { opening, openNamedModel } from "../state/opening.ts"
import { closeDialog } from "../state/view.ts"
import { Dialog } from "./dialog.tsx"
import { OpeningView } from "./opening-view.tsx"

/** The open models to choose from, and others to open. */
export function ModelDialog(): JSX.Element {
  return (
    <Dialog title="Model">
      <fieldset class="choices">
        <legend>Open now</legend>
        {models.value.length === 0 && <p class="remark">The server has named none. Reload the page to ask it again.</p>}
        {models.value.map((id) => (
          <label key={id}>
            <input
              type="radio"
              name="model"
              checked={id === model.value}
              onChange={() => {
                chosenModel.value = id
              }}
            />
            {id}
          </label>
        ))}
      </fieldset>
      {offer.value.openable.length > 0 && <OpenAnother />}
      <button type="button" class="primary" onClick={closeDialog}>
        Done
      </button>
    </Dialog>
  )
}

function OpenAnother(): JSX.Element {
  const [name, setName] = useState("")
  const state = opening.value
  const isOpening = state !== undefined && !state.problem
  return (
    <section class="open-another" aria-labelledby="open-another">
      <h3 id="open-another">Open another</h3>
      <ul>
        {offer.value.openable.map(({ name, description, bytes }) => (
          <li key={name}>
            <span>
              <strong>{name}</strong>
              <small>
                {description}; {gigabytes(bytes)} to download once
              </small>
            </span>
            <button
              type="button"
              disabled={isOpening}
              aria-label={`Open ${name}`}
              onClick={() => void openNamedModel(name)}
            >
              Open
            </button>
          </li>
        ))}
      </ul>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (name.trim() !== "") void openNamedModel(name.trim())
        }}
      >
        <label class="field">
          <span>Another name</span>
          <input value={name} placeholder="organisation/name" onInput={(event) => setName(event.currentTarget.value)} />
          <small>A model of the Hugging Face hub.</small>
        </label>
        <button type="submit" disabled={isOpening || name.trim() === ""}>
          Open
        </button>
      </form>
      {state && <OpeningView opening={state} />}
    </section>
  )
}

function gigabytes(bytes: number): string {
  return bytes < 1e9 ? `${Math.max(1, Math.round(bytes / 1e6))} MB` : `${(bytes / 1e9).toFixed(1)} GB`
}
