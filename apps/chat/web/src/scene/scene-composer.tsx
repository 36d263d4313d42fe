import type { JSX } from "preact"
import { useEffect, useId, useState } from "preact/hooks"
import { sendRequest } from "../api/send-request.ts"
import { Dialog } from "../components/dialog.tsx"
import { ProblemText } from "../components/problem-text.tsx"
import type { Problem } from "../problem.ts"
import { problemOf } from "../problem-of.ts"
import { attachPicture } from "../state/draft.ts"
import { closeDialog } from "../state/view.ts"
import { ObjectTools } from "./object-tools.tsx"
import { Palette } from "./palette.tsx"
import type { SceneWorld } from "./scene-world.ts"
import { Stage } from "./stage.tsx"
import { type SceneDraft, useSceneDraft } from "./use-scene-draft.ts"

/** Composes a picture of emoji on a setting, and attaches it to the question. */
export function SceneComposer(): JSX.Element {
  const [world, setWorld] = useState<SceneWorld>()
  const [problem, setProblem] = useState<Problem>()
  useEffect(() => {
    sendRequest("page/scenes")
      .then((response) => response.json())
      .then((read: SceneWorld) => setWorld(read))
      .catch((error: unknown) => setProblem(problemOf(error)))
  }, [])
  return (
    <Dialog title="Compose a scene" wide>
      {problem && <ProblemText problem={problem} alert />}
      {world && <Composer world={world} onProblem={setProblem} />}
    </Dialog>
  )
}

function Composer({ world, onProblem }: { world: SceneWorld; onProblem: (problem: Problem) => void }): JSX.Element {
  const id = useId()
  const draft = useSceneDraft(world)
  const { objects, setting } = draft
  const use = async () => {
    try {
      await attachPicture(await draw(draft), nameOf(draft))
      closeDialog()
    } catch (error) {
      onProblem(problemOf(error))
    }
  }
  return (
    <div class="composer">
      <div class="stage-side">
        <div class="field">
          <label for={id}>Setting</label>
          <select id={id} value={setting} onChange={(event) => draft.setSetting(event.currentTarget.value)}>
            {world.settings.map(({ name }) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </div>
        <Stage draft={draft} />
        <ObjectTools draft={draft} />
        {objects.length > world.mostObjects && (
          <p class="remark">Models of this world have seen at most {world.mostObjects} things at once; they may err.</p>
        )}
        <button type="button" class="primary" disabled={objects.length === 0} onClick={() => void use()}>
          Ask about this picture
        </button>
      </div>
      <Palette draft={draft} />
    </div>
  )
}

async function draw({ objects, setting }: SceneDraft): Promise<Blob> {
  const placed = objects.map(({ kind, cell, size, flipped }) => ({ kind, cell, size, flipped }))
  const response = await sendRequest("page/scenes/draw", { json: { setting, objects: placed } })
  return response.blob()
}

function nameOf({ objects, setting }: SceneDraft): string {
  return `${objects.map(({ kind }) => kind).join(", ")} (${setting})`
}
