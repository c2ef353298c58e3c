import '@fontsource-variable/geist/wght.css'
import '@fontsource-variable/geist-mono/wght.css'
import 'element-plus/theme-chalk/dark/css-vars.css'
import 'element-plus/es/components/message/style/css'
import './styles/main.css'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { configureClient } from './api/client'
import App from './app/App.vue'
import { createConsoleRouter } from './app/router'
import { i18n } from './locales'
import { usePreferences } from './stores/preferences'
import { HINT_KEY, useSession } from './stores/session'

async function start(): Promise<void> {
  const app = createApp(App).use(createPinia()).use(i18n)
  const session = useSession()
  const router = createConsoleRouter()
  const toLogin = (reason: object) => {
    session.end()
    const { name, fullPath } = router.currentRoute.value
    if (name !== 'login') void router.replace({ name: 'login', query: { next: fullPath, ...reason } })
  }
  configureClient({
    accessToken: session.accessToken,
    renewedToken: session.renewedToken,
    onUnauthorized: () => toLogin({ reason: 'expired' }),
  })
  // Another tab has logged out, or found that the session has ended.
  addEventListener('storage', ({ key, newValue }) => {
    if (key === HINT_KEY && newValue === null && session.user !== undefined) toLogin({})
  })
  const preferences = usePreferences()
  await preferences.useLocale(preferences.locale)
  app.use(router)
  await router.isReady()
  app.mount('#app')
}

void start()
