import type { JSX } from "preact"
import type { SamplePicture } from "../api/page-offer.ts"
import { sendRequest } from "../api/send-request.ts"
import { attachPicture, draftPictures, draftText } from "../state/draft.ts"
import { offer } from "../state/models.ts"
import { reportProblem } from "../state/notices.ts"
import { openDialog } from "../state/view.ts"
import { Icon } from "./icon.tsx"

/** What a new conversation shows: what to do, and pictures to begin with. */
export function Welcome(): JSX.Element {
  const { samples, scenes } = offer.value
  return (
    <section class="welcome" aria-labelledby="welcome">
      <h2 id="welcome">Ask about a picture</h2>
      <p>Drop, paste or choose one, or several. Questions and answers stay between this page and its server.</p>
      {samples.length > 0 && (
        <ul class="samples" aria-label="Pictures to begin with">
          {samples.map((sample) => (
            <li key={sample.name}>
              <button type="button" onClick={() => void take(sample)}>
                <img src={sample.url} alt={sample.description} width="72" height="72" />
                <span>{sample.question}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {scenes && (
        <button type="button" class="primary" onClick={() => openDialog("scene")}>
          <Icon name="scene" />
          Compose a scene of your own
        </button>
      )}
    </section>
  )
}

/** Takes a sample and its question in place of what was being written. */
async function take({ url, name, question }: SamplePicture): Promise<void> {
  try {
    const blob = await (await sendRequest(url)).blob()
    draftPictures.value = []
    await attachPicture(blob, name)
    draftText.value = question
    document.getElementById("question")?.focus()
  } catch (error) {
    reportProblem(error)
  }
}
