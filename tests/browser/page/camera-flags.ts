/** Switches of Chromium for a camera that shows a test picture, and may be used without asking. */
export const cameraFlags = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
