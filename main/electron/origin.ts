/** The one place the window loads from. */
export const SCHEME = 'app';
export const PAGE_HOST = 'chairside';
export const ORIGIN = `${SCHEME}://${PAGE_HOST}`;
export const PAGE = `${ORIGIN}/`;
