export const help = `/image PATH  attaches a picture to your next message; may repeat
/reset       forgets the conversation and attached pictures
/help        shows this
/quit        leaves, as Ctrl-D does
Ctrl-C stops an answer.
`
