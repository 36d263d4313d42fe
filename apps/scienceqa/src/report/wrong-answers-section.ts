import { type AnswerFile, optionLetters, type Problem, type ScoredProblem } from "@llava/eval"
import type { ImageFolder } from "../data/image-folder.ts"
import { type Html, html } from "./html.ts"
import { imageData } from "./image-data.ts"

export interface WrongAnswersOptions {
  scored: readonly ScoredProblem[]
  problems: ReadonlyMap<string, Problem>
  predictions: AnswerFile
  images: ImageFolder
}

/** Every wrong answer with what the model saw and what it said, topic by topic. */
export async function wrongAnswersSection(options: WrongAnswersOptions): Promise<Html> {
  const { scored, problems } = options
  const wrong = scored.filter(({ correct }) => !correct)
  const topics = Map.groupBy(wrong, ({ id }) => {
    const { topic, subject } = problems.get(id)!
    return topic || subject || "without topic"
  })
  const sections: Html[] = []
  for (const [topic, items] of topics) {
    const articles: Html[] = []
    for (const item of items) articles.push(await wrongAnswer(item, options))
    sections.push(html`<details><summary>${topic}: ${items.length}</summary>${articles}</details>`)
  }
  return html`<section>
<h2>${wrong.length} wrong answers</h2>
${sections}
</section>`
}

async function wrongAnswer(
  { id, choice, outcome }: ScoredProblem,
  { problems, predictions, images }: WrongAnswersOptions,
): Promise<Html> {
  const problem = problems.get(id)!
  const pictures: Html[] = []
  for (const file of images.pictures(id)) {
    const data = await imageData(file)
    pictures.push(
      data === undefined ? html`<p class="none">A picture that cannot be read.</p>` : html`<img src="${data}" alt="">`,
    )
  }
  if (pictures.length === 0 && problem.image !== "") pictures.push(html`<p class="none">The picture is not here.</p>`)
  const mark = (index: number) => (index === problem.answer ? "right" : index === choice ? "wrong" : "other")
  const choices = problem.choices.map(
    (text, index) => html`<li class="${mark(index)}"><b>${optionLetters[index] ?? index + 1}</b> ${text}</li>`,
  )
  const said = predictions.answers.get(id)?.text
  return html`<article id="problem-${id}">
<div class="pictures">${pictures}</div>
<div>
<h3>${problem.question}</h3>
${problem.hint === "" ? html`` : html`<p class="hint">${problem.hint}</p>`}
<ol>${choices}</ol>
<p class="outcome">${id}: ${outcomes[outcome]}</p>
${said === undefined ? html`` : html`<pre>${said}</pre>`}
</div>
</article>`
}

const outcomes: Readonly<Record<ScoredProblem["outcome"], string>> = {
  parsed: "another choice was given",
  recorded: "the text names no choice; the file records another one",
  drawn: "the text names no choice; another one was drawn",
  unparsed: "the text names no choice",
  outOfRange: "the letter is beyond the choices",
  missing: "there is no answer",
}
