/** Some English, repeated until a prompt is as long as wanted. */
export const promptText = `The old ferry crosses the bay four times a day, and on most mornings it carries more bicycles than
people. In winter the captain keeps a kettle on the stove of the wheelhouse, pours tea for whoever stands outside, and
tells them how the harbour looked before the bridge was built. Nobody knows how many of the stories are true. The
passengers listen anyway, because the crossing takes half an hour and the view is mostly fog. `
