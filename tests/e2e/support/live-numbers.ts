import type { Page } from 'playwright-core';

export interface LiveNumbers {
  /** Names of everything of now that is drawn, sorted: a sign, the rate, the dose, an alarm. */
  readonly names: readonly string[];
  /** Those of which a part is out of sight: under something, cut off by its panel, or beyond the edge. */
  readonly hidden: readonly string[];
}

/** Vital signs, rates, doses and top alarms that the page shows as of now, and which of them no person can read whole. */
export const liveNumbers = (page: Page): Promise<LiveNumbers> =>
  page.evaluate(() => {
    const clips = ({ overflowX, overflowY }: CSSStyleDeclaration): boolean =>
      overflowX !== 'visible' || overflowY !== 'visible';
    const isCut = (element: Element, { left, right, top, bottom }: DOMRect): boolean => {
      for (let around = element.parentElement; around !== null; around = around.parentElement) {
        if (!clips(getComputedStyle(around))) continue;
        const box = around.getBoundingClientRect();
        if (left < box.left - 1 || right > box.right + 1 || top < box.top - 1 || bottom > box.bottom + 1) return true;
      }
      return left < 0 || top < 0 || right > window.innerWidth || bottom > window.innerHeight;
    };
    const isCovered = (element: Element, { left, top, width, height }: DOMRect): boolean =>
      [0.05, 0.5, 0.95].some((across) =>
        [0.05, 0.5, 0.95].some((down) => {
          const drawn = document.elementFromPoint(left + width * across, top + height * down);
          return drawn === null || !(element.contains(drawn) || drawn.contains(element));
        }),
      );
    const numbers = [...document.querySelectorAll('[data-live]')].map((element) => {
      // Of the text itself: its element is often wider.
      const range = document.createRange();
      range.selectNodeContents(element);
      // Digits fill no more of their line than this.
      const line = range.getBoundingClientRect();
      const box = new DOMRect(line.x, line.y + line.height * 0.18, line.width, line.height * 0.64);
      const name = element.getAttribute('data-live') ?? '';
      const inSight = box.width > 0 && element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
      return { name, hidden: !inSight || isCut(element, box) || isCovered(element, box) };
    });
    // A note below a number says how far it may be trusted: it is no less in sight than the number.
    const cutTiles = [...document.querySelectorAll('[data-vital]')]
      .filter(({ scrollHeight, clientHeight }) => scrollHeight > clientHeight + 1)
      .map((tile) => `tile ${tile.getAttribute('data-vital') ?? ''}`);
    const where = ({ name }: { name: string }): string => name;
    return {
      names: numbers.map(where).toSorted(),
      hidden: [...numbers.filter(({ hidden }) => hidden).map(where), ...cutTiles],
    };
  });
