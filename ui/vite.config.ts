import { fileURLToPath } from "node:url";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// Mode `double` swaps the bridge to Rust for fixed sample data, so that screens can be looked at in
// an ordinary browser. The production build never sees `dev/`.
export default defineConfig(({ mode }) => ({
  plugins: [react(), tailwindcss()],
  resolve: {
    alias:
      mode === "double"
        ? [{ find: "@tauri-apps/api/core", replacement: here("dev/double.ts") }]
        : [],
  },
  server: { port: 5173, strictPort: true, fs: { allow: [here("..")] } },
  build: {
    outDir: mode === "double" ? "dist-double" : "dist",
    emptyOutDir: true,
    // The strict CSP admits no inline script, and the window needs no polyfill for preloading.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1200,
  },
  test: {
    environment: "happy-dom",
    include: ["tests/**/*.test.{ts,tsx}"],
    restoreMocks: true,
    // A busy machine is no reason to fail: what hangs is still caught.
    testTimeout: 30_000,
  },
}));
