import type { Page } from 'playwright-core';

/** From `at` (ms) on the browser showed this colour, until the next frame. */
export interface RenderedColour {
  readonly at: number;
  readonly colour: string;
}

/** Inside an element's upper left corner, where nothing but its background is. */
const INSET = 12;
/** The pictures are smaller than the page by this, so that the browser has time to put them out. */
const SHRINK = 4;

/** The colour of an element's background in the pictures that the browser itself puts out for `seconds`. */
export async function renderedColours(
  page: Page,
  selector: string,
  seconds: number,
): Promise<readonly RenderedColour[]> {
  const box = await page.locator(selector).boundingBox();
  if (box === null) throw new Error(`${selector} is not drawn`);
  const pictures: { readonly at: number; readonly png: string }[] = [];
  const session = await page.context().newCDPSession(page);
  session.on('Page.screencastFrame', ({ data, metadata, sessionId }) => {
    pictures.push({ at: (metadata.timestamp ?? Number.NaN) * 1000, png: data });
    void session.send('Page.screencastFrameAck', { sessionId });
  });
  const { width, height } = page.viewportSize() ?? { width: 0, height: 0 };
  const size = { maxWidth: width / SHRINK, maxHeight: height / SHRINK };
  await session.send('Page.startScreencast', { format: 'png', ...size });
  await page.waitForTimeout(seconds * 1000);
  await session.send('Page.stopScreencast');
  await session.detach();
  const [x, y] = [box.x, box.y].map((edge) => Math.round((edge + INSET) / SHRINK));
  // Of its own, since the policy of the page under test forbids it to look at pictures.
  const viewer = await page.context().browser()?.newPage();
  if (viewer === undefined) throw new Error('the browser has gone');
  const colours = await viewer.evaluate(coloursAt, { pngs: pictures.map(({ png }) => png), x: x ?? 0, y: y ?? 0 });
  await viewer.close();
  return pictures.map(({ at }, index) => ({ at, colour: colours[index] ?? '' }));
}

/** Runs in the browser, which can read its own pictures. */
async function coloursAt({ pngs, x, y }: { pngs: string[]; x: number; y: number }): Promise<string[]> {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const colours: string[] = [];
  for (const png of pngs) {
    const bytes = Uint8Array.from(atob(png), (letter) => letter.charCodeAt(0));
    canvas?.drawImage(await createImageBitmap(new Blob([bytes], { type: 'image/png' })), -x, -y);
    const [red, green, blue] = canvas?.getImageData(0, 0, 1, 1).data ?? [];
    colours.push(`rgb(${red}, ${green}, ${blue})`);
  }
  return colours;
}
