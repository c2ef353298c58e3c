import { fileURLToPath } from 'node:url'
import tailwindcss from '@tailwindcss/vite'
import vue from '@vitejs/plugin-vue'
import { ElementPlusResolver } from 'unplugin-vue-components/resolvers'
import components from 'unplugin-vue-components/vite'
import { defineConfig } from 'vitest/config'
import { CONTENT_SECURITY_POLICY } from './build/policy.ts'
import { precompress } from './build/precompress.ts'

const gateway = process.env.GATEWAY ?? 'http://127.0.0.1:8000'
const port = Number(process.env.PORT ?? 5173)
const proxy = Object.fromEntries(
  ['/api/', '/v1/', '/health', '/docs', '/openapi'].map((path) => [path, gateway]),
)

export default defineConfig({
  plugins: [
    vue(),
    tailwindcss(),
    // Element Plus on demand: only what a template names is bundled. Own components are imported by hand.
    components({ dirs: [], dts: false, resolvers: [ElementPlusResolver({ importStyle: 'css' })] }),
    precompress(),
  ],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  server: { host: '127.0.0.1', port, proxy },
  preview: {
    host: '127.0.0.1',
    port,
    proxy,
    headers: { 'Content-Security-Policy': CONTENT_SECURITY_POLICY },
  },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
  },
  define: {
    __VUE_OPTIONS_API__: false,
    __VUE_PROD_DEVTOOLS__: false,
    __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: false,
  },
  test: {
    environment: 'happy-dom',
    include: ['tests/**/*.test.ts'],
    server: { deps: { inline: ['element-plus'] } },
  },
})
