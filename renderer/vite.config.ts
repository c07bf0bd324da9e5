import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Relative addresses, no inline script and no data: module: the page runs under a strict content policy. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [react()],
  build: {
    outDir: '../out/renderer',
    emptyOutDir: true,
    target: 'chrome140',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
